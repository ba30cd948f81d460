# tools/grading/compare: pairs of answers that are worth a look, and the class that they are seen against.
bats_require_minimum_version 1.5.0

load grading

setup() {
    command -v sim_c >/dev/null || skip "sim_c is not installed"
    first_labs
    CLASS=$BATS_TEST_TMPDIR/class OUT=$BATS_TEST_TMPDIR/out
}

# written STUDENT SED-SCRIPT...: the starter with a function that somebody wrote, changed in some way.
written() {
    mkdir -p "$CLASS/$1"
    { cat "$TOP/labs/${LABS[0]}/$PROGRAM.c" && sed "${@:2}"; } >"$CLASS/$1/$PROGRAM.c"
}

first_function() {
    echo 'static int count_words(const char *text, int most)
{
    int words = 0, inside = 0;
    for (int i = 0; text[i] != 0 && words < most; i++) {
        if (text[i] == 32 || text[i] == 9) {
            inside = 0;
        } else if (!inside) {
            inside = 1;
            words++;
        }
    }
    return words;
}'
}

compared() {
    "$TOP/tools/grade" "${TAKING[@]}" --out "$OUT" "$CLASS"
    "$TOP/tools/grading/compare" "$OUT"
}

@test "an answer with other names and comments is listed beside its like, and others are not" {
    first_function | written ada ''
    first_function | written ben 's/words/n/g; s/inside/in_word/g; s/text/s/g; s|{$|{ // a comment|'
    echo 'static long sum(const long *values, unsigned count)
{
    long total = 0;
    while (count-- > 0) {
        total = total * 3 + values[count];
        total ^= total >> 7;
    }
    do {
        total = total - 1;
    } while (total > 100);
    return total;
}' | written cid ''
    echo 'struct pair { double left, right; };
static struct pair swap(struct pair p)
{
    struct pair q;
    q.left = p.right;
    q.right = p.left;
    return q;
}
static double area(struct pair p) { return p.left * p.right; }' | written dee ''
    compared
    [ "$(grep -c '<details>' "$OUT/compare.html")" -eq 1 ]
    grep -qE '<summary>[0-9]+ %: (ada — ben|ben — ada) ' "$OUT/compare.html"
    grep -q "accuses nobody" "$OUT/compare.html"
    run -1 grep -q "<script" "$OUT/compare.html"
}

@test "the very same file is said; what is too short is not compared" {
    mkdir -p "$CLASS/ada" "$CLASS/ben"
    sed 's/todo(/printf(/' "$TOP/labs/${LABS[0]}/$PROGRAM.c" | tee "$CLASS/ada/$PROGRAM.c" >"$CLASS/ben/$PROGRAM.c"
    compared
    grep -q "<li>${LABS[0]}: ada, ben</li>" "$OUT/compare.html"
    grep -q "1 answer has fewer than 5 lines" "$OUT/compare.html"
}

@test "where all answers are alike by nature, no pair is listed" {
    local student
    for student in a b c d; do
        first_function | written "$student" "s/words/words_$student/g"
    done
    compared
    run -1 grep -q '<details>' "$OUT/compare.html"
    grep -q "leaves little choice" "$OUT/compare.html"
}
