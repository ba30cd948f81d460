# Grading on other machines and in the containers of grading services: what is packed for them, what comes back from
# them, and what a machine cannot check.
bats_require_minimum_version 1.5.0

load grading

setup() {
    cd "$TOP" || return
    first_labs
    OUT=$BATS_TEST_TMPDIR/out
}

# The class of one: lab 1 is right.
one_student() {
    mkdir -p "$BATS_TEST_TMPDIR/work/some/where"
    cp "solutions/${LABS[0]}/$PROGRAM.c" "$BATS_TEST_TMPDIR/work/some/where/"
    tools/grade "${TAKING[@]}" --one --out "$OUT" "$BATS_TEST_TMPDIR/work"
    JOB=$(basename "$OUT"/sources/*)
}

# result STATE OUTCOME: a result in which the last test ended so.
result() {
    mkdir -p "$OUT/results"
    sed -nE 's/^@test "(.*) \[([0-9]+)\]" \{$/\2\t\1/p' "tests/${LABS[0]}/checks.bats" |
        gojq -Rs --arg lab "${LABS[0]}" --arg key "${JOB##*.}" --arg state "$1" --arg outcome "$2" '
        split("\n") | map(select(. != "") | split("\t") | {title: .[1], points: .[0] | tonumber,
            outcome: "passed", expected: "", saw: "", cause: "", aspect: "", read_on: "", seconds: 1})
        | .[-1].outcome = $outcome | {schema: "udplab-graded/1", $lab, $key, $state, tries: 1, seconds: 1, cpu_seconds: 1, said: "", pictures: {},
            result: {schema: "udplab-check/1", $lab, box: "separate user",
                score: 95, points: 100, unchecked: 5, tests: .}}' \
        >"$OUT/results/$JOB.json"
}

@test "--one takes all for the work of one student, whatever its folders look like" {
    one_student
    [ "$(ids)" = work ]
    [ "$(taken work "${LABS[0]}")" = "some/where/$PROGRAM.c" ]
}

@test "what a machine can never check does not count, and the report says so" {
    one_student
    result partial "could not be checked"
    tools/grading/report "$OUT" "" ""
    gojq -e '.students[0].labs[0] | .state == "graded" and .points == 100 and .raw == 95 and .unchecked > 0' "$OUT/book.json"
    grep -q "points could not be checked there, and do not count" "$OUT/students/work/feedback.html"
    gojq -e '.score == 100 and (.output | contains("separate user") and contains("could not be checked there"))' "$OUT/exports/gradescope/work.json"
}

@test "a result that is not sure gives no points, and no 0 either" {
    one_student
    result unsure "could not be checked"
    mv "$OUT/results/$JOB.json" "$OUT/results/$JOB.unsure.json"
    tools/grading/report "$OUT" "" ""
    gojq -e '.students[0] | .final == null and .labs[0].state == "unsure"' "$OUT/book.json"
    grep -q "needs a person: it could not be checked" "$OUT/students/work/feedback.html"
}

@test "a machine with another kit or compiler refuses the job" {
    one_student
    mv "$OUT/sources/$JOB" "$OUT/sources/${LABS[0]}.0123456789abcdef"
    run -2 --separate-stderr tools/grading/one --far "$OUT" "${LABS[0]}.0123456789abcdef"
    # shellcheck disable=SC2154
    [[ $stderr == *"the kit or the compiler on "*" is not the same"* ]]
    [ -z "$(find "$OUT" -name '*.json' -path '*r*e*turned*')" ]
}

@test "Gradescope's archive has both scripts at its root, and a whole kit" {
    git rev-parse -q --verify HEAD >/dev/null || skip "this is not a git repository"
    tools/grading/pack gradescope "$BATS_TEST_TMPDIR" "${LABS[1]}"
    mkdir "$BATS_TEST_TMPDIR/source"
    bsdtar -xf "$BATS_TEST_TMPDIR/autograder.zip" -C "$BATS_TEST_TMPDIR/source"
    cd "$BATS_TEST_TMPDIR/source" || return
    [ -x setup.sh ] && [ -x run_autograder ]
    bash -n setup.sh && bash -n run_autograder
    grep -q -- "--one --trust --leave-out --labs ${LABS[1]} --out" run_autograder
    [ -x udplab/tools/grade ] && [ -e "udplab/solutions/${LABS[0]}/$PROGRAM.c" ]
    make -n -s -C udplab ready >/dev/null 3>&-
}

@test "Autolab's tar holds a kit, and its Makefile says the score last" {
    git rev-parse -q --verify HEAD >/dev/null || skip "this is not a git repository"
    tools/grading/pack autolab "$BATS_TEST_TMPDIR"
    tar -tf "$BATS_TEST_TMPDIR/autograde.tar" udplab/tools/grade
    run -0 make -n -f "$BATS_TEST_TMPDIR/autograde-Makefile" -C "$BATS_TEST_TMPDIR" 3>&-
    shown "tools/grade --one --trust --leave-out --out"
    [[ $output == *"cat graded/exports/autolab/"* ]]
}
