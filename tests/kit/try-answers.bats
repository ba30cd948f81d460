# Trying the wrong and right answers, in a kit with one lab whose check answers as it is told to.
bats_require_minimum_version 1.5.0

load copies

setup() {
    mkdir -p "$BATS_TEST_TMPDIR/kit"
    cd "$BATS_TEST_TMPDIR/kit" || return
    mkdir -p labs/01-a solutions/01-a tests/01-a/wrong tests/01-a/right tests/bench tools tells
    cp "$TOP/tools/prelude.bash" "$TOP/tools/answers.bash" tools/
    cp "$TOP/tests/bench/"{try-answers,judge,feedback} tests/bench/
    echo 'int main(void) {}' >solutions/01-a/one.c
    check_that_tells >tests/bench/check
    chmod +x tests/bench/check
    : >tests/01-a/feedback.txt
    add_wrong waits
    add_right polls
}

# A check of tells/NAME: at the first try it tells what the first line says, then the second, and so on to the last.
check_that_tells() {
    cat <<'END'
#!/usr/bin/env bash
name=$(basename "${ANSWERS%.answers}")
echo "$name" >>tries
try=$(grep -cx "$name" tries)
read -r first second < <(sed -n "$((try < $(wc -l <"tells/$name") ? try : $(wc -l <"tells/$name")))p" "tells/$name")
[[ $first != broken ]] || { echo "the check broke"; exit 2; }
test() { printf '{"title": "%s", "outcome": "%s", "saw": "%s", "expected": "", "cause": "", "read_on": ""}' "$1" "$2" "$2"; }
[[ $first$second == passedpassed ]] && score=100 || score=50
echo "{\"score\": $score, \"tests\": [$(test first "$first"), $(test second "$second")]}" >"$ANSWERS/01-a.json"
END
}

# Its first test must fail, and its second pass.
add_wrong() {
    printf '/*\n * Program: one\n * Mistake: %s\n * Caught by: first\n * Feedback: failed\n */\n' "$1" >"tests/01-a/wrong/$1.c"
    printf '## %s: %s\n\nfailed: first\nexpected\nsaw failed\ncause\nread on\n\n' "$1" "$1" >>tests/01-a/feedback.txt
    echo 'failed passed' >"tells/$1"
}

add_right() {
    printf '/*\n * Program: one\n * Differs: %s\n */\n' "$1" >"tests/01-a/right/$1.c"
    echo 'passed passed' >"tells/$1"
}

try_answers() {
    tests/bench/try-answers results "$@" 3>&-
}

@test "what is as announced passes, and is tried once" {
    run -0 try_answers
    [ "$output" = $'  2 of 2\n2 passed, 0 failed' ]
    [ "$(sort tries)" = $'polls\nwaits' ]
}

@test "what differs once is named, tried once more and passes" {
    printf 'passed passed\nfailed passed\n' >tells/waits
    run -0 try_answers
    shown "not as announced at the first try: tests/01-a/wrong/waits.c"
    shown "    announced, but it passed: first"
    [ "${lines[-2]}" = "1 passed at the second try only" ]
    [ "${lines[-1]}" = "2 passed, 0 failed" ]
    [ "$(sort tries)" = $'polls\nwaits\nwaits' ]
}

@test "what differs twice fails" {
    echo 'passed passed' >tells/waits
    run -1 try_answers
    shown "not as announced at the first try: tests/01-a/wrong/waits.c"
    shown "not as announced at the second try either: tests/01-a/wrong/waits.c"
    [ "${lines[-1]}" = "1 passed, 1 failed" ]
}

@test "what is tried once more is tried alone, after all others" {
    for name in one two three; do
        add_wrong "$name"
        printf 'passed passed\nfailed passed\n' >"tells/$name"
    done
    run -0 try_answers
    [ "$(head -n 5 tries | sort -u | wc -l)" -eq 5 ]
    [ "$(tail -n 3 tries)" = $'one\nthree\ntwo' ]
}

@test "more than a few are not late but wrong, and are not tried again" {
    for name in {1..31}; do
        add_wrong "$name"
        echo 'passed passed' >"tells/$name"
    done
    run -1 try_answers
    shown "These are too many to be late"
    [ "${lines[-1]}" = "2 passed, 31 failed" ]
    [ "$(wc -l <tries)" -eq 33 ]
}

@test "a failure that is not announced is named" {
    echo 'failed failed' >tells/waits
    run -1 try_answers 01
    shown "    failed, but not announced: second"
    not_shown "announced, but it passed"
}

@test "a failure that the machine's speed decides may be there or not" {
    sed -i 's/^ \* Feedback/ * May fail: second\n&/' tests/01-a/wrong/waits.c
    run -0 try_answers tests/01-a/wrong/waits.c
    echo 'failed failed' >tells/waits
    run -0 try_answers tests/01-a/wrong/waits.c
}

@test "feedback without the words of the header, or other than agreed, is not as announced" {
    sed -i 's/^ \* Feedback: .*/ * Feedback: the deadline/' tests/01-a/wrong/waits.c
    sed -i 's/^saw failed/saw nothing/' tests/01-a/feedback.txt
    run -1 try_answers
    shown "    not in the feedback: the deadline"
    shown "    agreed: saw nothing"
    shown "    now:    saw failed"
}

@test "where the words vary, only those of the header count" {
    sed -i 's/^ \* Feedback/ * Words vary: it is fast or slow\n&/' tests/01-a/wrong/waits.c
    sed -i 's/^saw failed/saw nothing/' tests/01-a/feedback.txt
    run -0 try_answers
    sed -i 's/^ \* Feedback: .*/ * Feedback: the deadline/' tests/01-a/wrong/waits.c
    run -1 try_answers
    shown "    not in the feedback: the deadline"
    not_shown "agreed:"
}

@test "a right answer with less than all points is not as announced, and its failed test is shown" {
    echo 'passed failed' >tells/polls
    run -1 try_answers
    shown "tests/01-a/right/polls.c"
    shown "    failed: second"
    not_shown "wrong/waits"
}

@test "an answer whose check leaves no result, or whose patch does not fit, fails with the reason" {
    echo 'broken' >tells/polls
    add_wrong gone
    rm tests/01-a/wrong/gone.c
    printf 'Caught by: first\n\n--- solutions/01-a/one.c\n+++ one.c\n@@ -1 +1 @@\n-void\n+int\n' >tests/01-a/wrong/gone.patch
    run -1 try_answers
    shown "the check left no result: the check broke"
    shown "tests/01-a/wrong/gone.patch does not fit solutions/01-a/one.c"
    [ "${lines[-1]}" = "1 passed, 2 failed" ]
}
