# The wrong and right answers as they are kept, and tools/answer, which edits them: what can be said without a check.
bats_require_minimum_version 1.5.0

load copies

setup() {
    cd "$TOP" || return
    # shellcheck source=tools/answers.bash
    source tools/answers.bash
    FOUND=$BATS_TEST_TMPDIR/found
    : >"$FOUND"
}

nothing_found() {
    [ ! -s "$FOUND" ] || { cat "$FOUND"; false; }
}

all() {
    local lab
    for lab in $(labs); do
        answers_to "$lab" "$1"
    done
}

titles() {
    sed -nE 's/^@test "(.*) \[[0-9]+\]" \{$/\1/p' "tests/$1/checks.bats" | sed 's/\\"/"/g'
}

@test "every patch fits its solution to the letter, and the program compiles" {
    local answer
    for answer in $(all wrong); do
        { print_answer "$answer" | "${CC:-gcc}" -std=gnu11 -D_GNU_SOURCE -I. -w -fsyntax-only -x c -; } 2>&1 |
            sed "s|^|$answer: |" >>"$FOUND"
    done
    nothing_found
}

@test "every lab has ten wrong answers and four right ones, each with a whole header" {
    local lab answer name
    for lab in $(labs); do
        [ "$(answers_to "$lab" wrong | wc -l)" -ge 10 ] || echo "$lab: fewer than ten wrong answers" >>"$FOUND"
        [ "$(answers_to "$lab" right | wc -l)" -ge 4 ] || echo "$lab: fewer than four right answers" >>"$FOUND"
    done
    for answer in $(all wrong); do
        for name in Mistake "Caught by" Feedback; do
            [ -n "$(header "$name" "$answer")" ] || echo "$answer: no '$name:'" >>"$FOUND"
        done
        [ -e "solutions/$(cut -d/ -f2 <<<"$answer")/$(program_of "$answer").c" ] ||
            echo "$answer: of which program?" >>"$FOUND"
    done
    for answer in $(all right); do
        [ -n "$(header Differs "$answer")" ] || echo "$answer: no 'Differs:'" >>"$FOUND"
    done
    nothing_found
}

@test "what a header announces are tests of its lab, and every test is there for a wrong answer" {
    local lab answer
    for lab in $(labs); do
        for answer in $(answers_to "$lab" wrong); do
            { header "Caught by" "$answer"; header "Also fails" "$answer"; header "May fail" "$answer"; } |
                grep -vxFf <(titles "$lab") |
                sed "s|^|$answer: no such test: |" >>"$FOUND" || true
        done
        titles "$lab" | grep -vxFf <(for answer in $(answers_to "$lab" wrong); do header "Caught by" "$answer"; done) |
            sed "s/^/$lab: catches nothing: /" >>"$FOUND" || true
    done
    nothing_found
}

@test "the agreed feedback has a part for every wrong answer, and for no other" {
    local lab
    for lab in $(labs); do
        diff <(sed -n 's/^## //p' "tests/$lab/feedback.txt") <(for answer in $(answers_to "$lab" wrong); do
            echo "$(basename "${answer%.*}"): $(header Mistake "$answer")"
        done) >>"$FOUND" || echo "$lab: feedback.txt (<) against the answers (>)" >>"$FOUND"
    done
    nothing_found
}

@test "no answer is open that is shorter as a patch" {
    copy_tree "$BATS_TEST_TMPDIR/kit"
    cd "$BATS_TEST_TMPDIR/kit"
    run -0 tools/answer keep
    not_shown ".patch"
}

# --- tools/answer, in a copy with one lab whose solution can change
# -----------------------------------------------------

small_kit() {
    mkdir -p kit/labs/01-a kit/solutions/01-a kit/tests/01-a/wrong kit/tools
    cd kit || return
    cp "$TOP/tools/answer" "$TOP/tools/prelude.bash" "$TOP/tools/answers.bash" tools/
    echo 'answers one' >tests/01-a/checks.bats
    { echo '/* A banner. */'; printf 'step(%s);\n' {1..9}; } >solutions/01-a/one.c
    answer_file >tests/01-a/wrong/takes-five-for-four.c
    tools/answer keep 01/takes-five-for-four >/dev/null
    commit_tree .
}

answer_file() {
    printf '/*\n * Program: one\n * Mistake: takes 5 for 4\n * Caught by: a test\n * Feedback: five\n */\n'
    sed 's/step(4)/step(5)/' solutions/01-a/one.c
}

PATCH=tests/01-a/wrong/takes-five-for-four.patch

@test "keep makes a patch with two lines of context, and open the same file again" {
    cd "$BATS_TEST_TMPDIR" && small_kit
    diff "$PATCH" - <<'END'
Mistake: takes 5 for 4
Caught by: a test
Feedback: five

--- solutions/01-a/one.c
+++ one.c
@@ -3,5 +3,5 @@
 step(2);
 step(3);
-step(4);
+step(5);
 step(5);
 step(6);
END
    run -0 tools/answer open "$PATCH"
    [ "$output" = "${PATCH%.patch}.c" ]
    [ ! -e "$PATCH" ]
    diff <(answer_file) "${PATCH%.patch}.c"
    run -0 tools/answer keep 01/takes-five-for-four
    [ -z "$(git status --porcelain)" ]
}

@test "a new answer begins as the solution" {
    cd "$BATS_TEST_TMPDIR" && small_kit
    run -0 tools/answer open 01/new
    diff <(sed '1,/^ \*\//d' tests/01-a/wrong/new.c) solutions/01-a/one.c
    [ "$(sed -n 2p tests/01-a/wrong/new.c)" = " * Program: one" ]
}

@test "what is as long as a patch stays a whole program" {
    cd "$BATS_TEST_TMPDIR" && small_kit
    printf '/*\n * Program: one\n * Mistake: other\n */\nnothing();\n' >tests/01-a/wrong/other.c
    run -0 tools/answer keep 01/other
    shown "stays whole"
    [ -e tests/01-a/wrong/other.c ]
}

@test "a patch that no longer fits is reported, and refresh carries it over" {
    cd "$BATS_TEST_TMPDIR" && small_kit
    sed -i 's/step(6);/step(6); more();/; s/A banner/Another one/' solutions/01-a/one.c
    run ! print_answer "$PATCH"
    shown "$PATCH does not fit solutions/01-a/one.c"

    run -0 tools/answer refresh
    [ "$output" = "$PATCH" ]
    print_answer "$PATCH" | diff - <(sed 's/step(4)/step(5)/' solutions/01-a/one.c)
    run -0 tools/answer refresh
    [ -z "$output" ]
}

@test "refresh finds the solution that a patch was made for, also where the change is committed" {
    cd "$BATS_TEST_TMPDIR" && small_kit
    sed -i 's/step(6);/step(6); more();/' solutions/01-a/one.c
    git -c user.name=kit -c user.email=kit@localhost commit -qam change
    run -0 tools/answer refresh
    print_answer "$PATCH" | diff - <(sed 's/step(4)/step(5)/' solutions/01-a/one.c)
}

@test "where the solution changed in the same line, refresh leaves the answer open with both versions" {
    cd "$BATS_TEST_TMPDIR" && small_kit
    sed -i 's/step(4);/walk(4);/' solutions/01-a/one.c
    run -1 tools/answer refresh
    shown "tests/01-a/wrong/takes-five-for-four.c: the change touches the mistake"
    grep -q '^<<<<<<< solution$' tests/01-a/wrong/takes-five-for-four.c
    run -2 tools/answer keep
    shown "both versions"
    sed -i '/^<<<<<<</,/^>>>>>>>/c walk(5);' tests/01-a/wrong/takes-five-for-four.c
    run -0 tools/answer keep
    print_answer "$PATCH" | grep -qx 'walk(5);'
}

@test "wrong usage names what is wrong" {
    cd "$BATS_TEST_TMPDIR" && small_kit
    run -2 tools/answer open nothing
    shown "'nothing' is not LAB/NAME"
    run -2 tools/answer open 07/nothing
    shown "there is no lab 07"
    run -2 tools/answer keep 01/nothing
    shown "tests/01-a/wrong/nothing.c is not open"
    run -2 tools/answer open 01/nothing two
    shown "there is no solutions/01-a/two.c"
    [ ! -e tests/01-a/wrong/nothing.c ]
    run -2 tools/answer close
    shown "there is no close"
}
