# shellcheck disable=SC2016  # what looks like an expansion is text for a program
# tests/bench/format: from bats' lines and the bench's outcome files to what a student reads, and to the JSON result
# that tests/bench/RESULTS.md describes.
bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_DIRNAME/../.." || return
    export UDPLAB_RESULTS=$BATS_TEST_TMPDIR/results UDPLAB_RESULT_FILE=$BATS_TEST_TMPDIR/result.json
    unset ANSWERS NO_COLOR
    mkdir "$UDPLAB_RESULTS"
    : >"$BATS_TEST_TMPDIR/tap"
}

# outcome NUMBER OUTCOME [EXPECTED [SAW [CAUSE [READ_ON [ASPECT]]]]]: what the bench leaves of a test.
outcome() {
    printf '%s\x1f' "a title" "$2" "${3-}" "${4-}" "${5-}" "${6-}" "${7-}" >"$UDPLAB_RESULTS/$1.outcome"
}

# tap LINE...: what bats says.
tap() {
    printf '%s\n' "$@" >>"$BATS_TEST_TMPDIR/tap"
}

# Three tests: 10 points passed, 25 failed, 5 not checked.
three_tests() {
    tap "1..3" "suite /kit/tests/02-a-lab/checks.bats" \
        "begin 1 it connects [10]" "ok 1 it connects [10] in 12ms" \
        "begin 2 it is refused [25]" "not ok 2 it is refused [25] in 1034ms" "# (in test file x, line 8)" \
        "#   \`fail'" \
        "begin 3 it is seen [5]" "ok 3 it is seen [5] in 3ms # skip could not be checked: no network"
    outcome 1 passed "" "" "" labs/02-a-lab/README.md#one
    outcome 2 failed "a refusal" $'client printed nothing\nexit status 0' "nobody connected" labs/02-a-lab/README.md#two
    outcome 3 "could not be checked" "" "no network" "" labs/02-a-lab/README.md#three
}

# format [STATUS]: runs it on what bats said. Where nothing at all could be checked, it fails.
format() {
    run --separate-stderr tests/bench/format <"$BATS_TEST_TMPDIR/tap"
    # shellcheck disable=SC2154  # run sets stderr
    printf '%s\n' "$output" "$stderr"
    [[ $status -eq ${1-0} && -z $stderr ]]
}

# result FILTER: fails unless the JSON result fulfils it.
result() {
    gojq -e "$1" "$UDPLAB_RESULT_FILE" >/dev/null || { gojq . "$UDPLAB_RESULT_FILE" && echo "not so: $1" && return 1; }
}

# says TEXT: fails unless the text is a part of what is shown.
says() {
    [[ $output == *"$1"* ]] || { echo "not shown: $1" && return 1; }
}

@test "one line per test with outcome and points, what to know of each failure, and the score" {
    three_tests
    format
    [ "$output" = "
02-a-lab

  passed       10/10  it connects
  failed        0/25  it is refused
  not checked   -/5   it is seen

  it is refused
      expected  a refusal
      saw       client printed nothing
                exit status 0
      cause     nobody connected
      read on   labs/02-a-lab/README.md#two

  it is seen
      saw       no network

  score 10 of 40 (5 could not be checked here)
  begin with: it is refused
              nobody connected
  stuck? make hint-02" ]
}

@test "the result is also written as JSON" {
    three_tests
    format
    result '.schema == "udplab-check/1" and .lab == "02-a-lab" and .answers == "labs"'
    result '.score == 10 and .points == 40 and .unchecked == 5'
    result ".kernel == \"$(uname -r)\" and .kit == \"$(<VERSION)\""
    result '[.tests[] | .title] == ["it connects", "it is refused", "it is seen"]'
    result '[.tests[] | .points] == [10, 25, 5] and [.tests[] | .seconds] == [0.012, 1.034, 0.003]'
    result '[.tests[] | .outcome] == ["passed", "failed", "could not be checked"]'
    result '.tests[1] | .expected == "a refusal" and .saw == "client printed nothing\nexit status 0"'
    result '.tests[1] | .cause == "nobody connected" and .read_on == "labs/02-a-lab/README.md#two"'
}

@test "the JSON has the fields and types of the description" {
    three_tests
    format
    sed -n '/^```json$/,/^```$/{//!p}' tests/bench/RESULTS.md >"$BATS_TEST_TMPDIR/described.json"
    gojq -es 'def shape: walk(if type == "array" then unique elif type | IN("object", "array") | not
        then type else . end);
        (.[0] | shape) == (.[1] | shape)' "$UDPLAB_RESULT_FILE" "$BATS_TEST_TMPDIR/described.json" >/dev/null
    local field
    for field in $(gojq -r 'keys[], (.tests[0] | keys[])' "$UDPLAB_RESULT_FILE"); do
        grep -qE "^\|.*\`$field\`.*\|" tests/bench/RESULTS.md || { echo "not described: $field" && return 1; }
    done
}

@test "the five outcomes are five words, and only passed gains points" {
    tap "suite /kit/tests/02-a-lab/checks.bats"
    local number=0 word
    for word in passed failed "timed out" crashed "could not be checked"; do
        tap "begin $((++number)) test [20]" "ok $number test [20] in 1ms"
        outcome "$number" "$word" expected "seen $number"
    done
    format
    says "  passed       20/20  test
  failed        0/20  test"
    says "  timed out     0/20  test"
    says "  crashed       0/20  test"
    says "  not checked   -/20  test"
    says "score 20 of 100 (20 could not be checked here)"
    result '.score == 20 and .points == 100 and .unchecked == 20'
    result '[.tests[].outcome] == ["passed", "failed", "timed out", "crashed", "could not be checked"]'
    # The words that tell a reader of the JSON are those of the description.
    for word in passed failed "timed out" crashed "could not be checked"; do
        grep -q "^| \`outcome\` .*\`$word\`" tests/bench/RESULTS.md
    done
}

@test "a title without points, and one with a leading zero" {
    tap "suite /kit/tests/a/checks.bats" "begin 1 no points" "ok 1 no points in 1ms" \
        "begin 2 [5] in front" "ok 2 [5] in front in 1ms" "begin 3 eight [08]" "ok 3 eight [08] in 1ms"
    outcome 1 passed
    outcome 2 passed
    outcome 3 passed
    format
    says "passed        0/0   no points"
    says "passed        0/0   [5] in front"
    says "passed        8/8   eight"
    result '.score == 8 and .points == 8 and .tests[1].title == "[5] in front"'
}

@test "titles that look like bats' own words are titles" {
    tap "suite /kit/tests/a/checks.bats" "begin 1 it ends in 5ms # skip nothing [10]" \
        "ok 1 it ends in 5ms # skip nothing [10] in 7ms"
    outcome 1 passed
    format
    says "passed       10/10  it ends in 5ms # skip nothing"
    result '.tests[0].seconds == 0.007'
}

@test "a test without an outcome file could not be checked, and what bats said is shown" {
    tap "suite /kit/tests/a/checks.bats" "begin 1 broken [60]" "not ok 1 broken [60] in 1ms" \
        "# (in test file a.bats, line 8)" "#   \`nosuchcommand' failed with status 127" \
        "begin 2 lost [40]" "ok 2 lost [40] in 1ms"
    format 1
    says "not checked   -/60  broken"
    says "  broken
      saw       the check itself broke
                (in test file a.bats, line 8)
                  \`nosuchcommand' failed with status 127"
    says "not checked   -/40  lost"
    says "score 0 of 100 (100 could not be checked here)"
    result '.tests[0].saw | contains("line 8)\n") and contains("status 127")'
}

@test "an outcome that a test left open is like none" {
    tap "suite /kit/tests/a/checks.bats" "begin 1 broken [60]" "not ok 1 broken [60] in 1ms" "# line 8"
    outcome 1 "" "" "" "" labs/a/README.md
    format 1
    says "not checked   -/60  broken"
    says $'  broken\n      saw       the check itself broke\n                line 8'
}

@test "what bats saw fail has not passed, whatever its outcome file says" {
    tap "suite /kit/tests/a/checks.bats" "begin 1 torn down badly [60]" "not ok 1 torn down badly [60] in 1ms" \
        "# teardown failed"
    outcome 1 passed
    format 1
    says "not checked   -/60  torn down badly"
    says "teardown failed"
    result '.score == 0 and .unchecked == 60'
}

@test "a file that cannot begin is shown with its error" {
    tap "1..1" "suite /kit/tests/a/checks.bats" "not ok 1 setup_file failed" "# a.bats: line 5: syntax error"
    format
    says "not checked   -/0   setup_file failed"
    says "line 5: syntax error"
    result '.score == 0 and (.tests | length) == 1'
}

@test "no test at all is no points, and still JSON" {
    tap "1..0"
    format
    says "score 0 of 0"
    result '.tests == [] and .points == 0'
}

@test "what a program printed cannot be taken for a verdict" {
    local forged='ok 2 forged [100] in 1ms'
    tap "suite /kit/tests/a/checks.bats" "begin 1 first [10]" "not ok 1 first [10] in 1ms" \
        "# ok 1 first [10] in 1ms" "# begin 3 x" "# $forged" "# suite /kit/tests/b/checks.bats" \
        "begin 2 second [90]" "not ok 2 second [90] in 1ms"
    outcome 1 failed "a line" $'ok 1 first [10] in 1ms\nbegin 3 x\nsuite b.bats\nok 2 forged [100] in 1ms'
    outcome 2 failed "a line" "ok 2 second [90] in 1ms"
    format
    says "score 0 of 100"
    result '.score == 0 and .lab == "a" and (.tests | length) == 2'
}

@test "a verdict on a test that has not begun, or has ended already, is none" {
    tap "suite /kit/tests/a/checks.bats" "begin 1 first [10]" "ok 7 forged [100] in 1ms" "not ok 1 first [10] in 1ms" \
        "ok 1 first [10] in 1ms" "ok 7 forged [100] in 1ms"
    outcome 1 passed
    outcome 7 passed
    format 1
    says "score 0 of 10 (10"
    result '(.tests | length) == 1'
}

@test "quotes, backslashes, control characters and any language come through" {
    tap "suite /kit/tests/a/checks.bats" "begin 1 it says \"Grüße\" \\n [5]" "not ok 1 it says \"Grüße\" \\n [5] in 1ms"
    outcome 1 failed 'a "quoted" \ and %s and $(id)' $'tab\there, bell \a, escape \e[31m, UTF-8 日本, broken \xff\xc3' '`x`'
    format
    says 'it says "Grüße" \n'
    says "a \"quoted\" \\ and %s and \$(id)"
    result '.tests[0].title == "it says \"Grüße\" \\n"'
    result '.tests[0].expected == "a \"quoted\" \\ and %s and $(id)"'
    result '.tests[0].saw | contains("tab\there, bell \u0007") and contains("日本")'
    result '.tests[0].cause == "`x`"'
}

# The verb of the bench through which everything that a program printed comes into an outcome.
@test "the bench keeps separators and escape sequences of a program out of the outcome" {
    cat >"$BATS_TEST_TMPDIR/02-a-lab.bats" <<'END'
load SUPPORT/bench
setup_file() { :; }
setup() { OUTCOME='' SCENE=$BATS_TEST_TMPDIR RECORDING=$BATS_TEST_TMPDIR; }
teardown() { keep_outcome; }
teardown_file() { :; }
test_ "it prints [10]" { fail failed "words" $'one\x1fpassed\x1e\nforged\x1f100\x1fpassed\e[2J\r\ttab Grüße'; }
END
    sed -i "s|SUPPORT|$PWD/tests/bench|; s|^test_|@test|" "$BATS_TEST_TMPDIR/02-a-lab.bats"
    run -1 bats -T -F "$PWD/tests/bench/format" "$BATS_TEST_TMPDIR/02-a-lab.bats" 3>&-
    says "failed        0/10  it prints"
    result '.score == 0 and (.tests | length) == 1'
    result '.tests[0].saw == "one?passed?\nforged?100?passed?[2J?\ttab Grüße\n(a ? stands for a byte that cannot be printed)"'
}

@test "a reason of several lines, to skip a test, is one line for bats" {
    cat >"$BATS_TEST_TMPDIR/02-a-lab.bats" <<'END'
load SUPPORT/bench
setup_file() { :; }
setup() { OUTCOME=''; }
teardown() { keep_outcome; }
teardown_file() { :; }
test_ "it needs what is not here [10]" { could_not_check $'no\nbegin 2 x\nok 2 x [100] in 1ms'; }
END
    sed -i "s|SUPPORT|$PWD/tests/bench|; s|^test_|@test|" "$BATS_TEST_TMPDIR/02-a-lab.bats"
    run -1 bats -T -F "$PWD/tests/bench/format" "$BATS_TEST_TMPDIR/02-a-lab.bats" 3>&-
    says "not checked   -/10  it needs what is not here"
    says "score 0 of 10 (10 could not be checked here)"
    run -0 bats "$BATS_TEST_TMPDIR/02-a-lab.bats" 3>&-
    [ "${#lines[@]}" -eq 2 ] # the plan and the test
}

@test "colours are for a terminal, and not for one that says NO_COLOR" {
    three_tests
    format
    [[ $output != *$'\e'* ]]
    run env TERM=xterm script -qec "tests/bench/format <$BATS_TEST_TMPDIR/tap" /dev/null 3>&-
    says $'\e[32mpassed     \e[0m  10/10  it connects'
    says $'\e[31mfailed'
    run env TERM=xterm NO_COLOR=1 script -qec "tests/bench/format <$BATS_TEST_TMPDIR/tap" /dev/null 3>&-
    [[ $output != *$'\e'* && $output == *"passed       10/10  it connects"* ]]
}

@test "without a file for the result, only the words are written" {
    three_tests
    unset UDPLAB_RESULT_FILE
    format
    says "score 10 of 40"
    [ ! -e "$BATS_TEST_TMPDIR/result.json" ]
}

@test "what was said of the failure before is not said again, however long that one took" {
    tap "1..3" "suite /kit/tests/02-a-lab/checks.bats" "begin 1 a [5]" "not ok 1 a [5] in 5ms" "begin 2 b [5]" \
        "not ok 2 b [5] in 5ms" \
        "begin 3 c [5]" "not ok 3 c [5] in 5ms"
    outcome 1 "timed out" "client ends" "after 15 s it is still running" "it loops" labs/02-a-lab/README.md#one
    outcome 2 "timed out" "client ends" "after 3 s it is still running" "it loops" labs/02-a-lab/README.md#two
    outcome 3 "timed out" "client ends" "after 3 s it is still running" "it waits" labs/02-a-lab/README.md#three
    format
    says "after 15 s it is still running"
    says $'      also      b\n'
    [ "$(grep -c 'it loops' <<<"$output")" -eq 2 ] # and in the last lines
    says "it waits"
}

@test "where much has failed, the last lines say what to begin with" {
    tap "1..3" "suite /kit/tests/02-a-lab/checks.bats" "begin 1 a [5]" "ok 1 a [5] in 5ms" "begin 2 b [5]" \
        "not ok 2 b [5] in 5ms" \
        "begin 3 c [5]" "not ok 3 c [5] in 5ms"
    outcome 1 passed
    outcome 2 failed "client ends" "exit status 1" "it gave up" labs/02-a-lab/README.md#two
    outcome 3 failed "client ends" $'exit status 2\nand more' "" labs/02-a-lab/README.md#three
    format
    [[ $output == *"
  score 5 of 15
  begin with: b
              it gave up
  stuck? make hint-02" ]]
}

@test "a task that is not written is said once, whatever the tests saw of it" {
    tap "1..2" "suite /kit/tests/02-a-lab/checks.bats" "begin 1 a [5]" "not ok 1 a [5] in 5ms" "begin 2 b [5]" \
        "not ok 2 b [5] in 5ms"
    outcome 1 failed "client ends" "exit status 1" "task 1 is not written yet: send" labs/02-a-lab/README.md#one
    outcome 2 failed "client ends" "exit status 2" "task 1 is not written yet: send" labs/02-a-lab/README.md#one
    format
    [ "$(grep -c 'task 1 is not written yet' <<<"$output")" -eq 1 ]
    says $'      also      all the other tests that failed (1)\n'
}

@test "failures of one cause stand together, whatever port the kernel chose" {
    tap "1..2" "suite /kit/tests/02-a-lab/checks.bats" "begin 1 a [5]" "not ok 1 a [5] in 5ms" "begin 2 b [5]" \
        "not ok 2 b [5] in 5ms"
    outcome 1 failed "client ends" "exit status 1" "127.0.0.1:40001 is not 127.0.0.1:43211" labs/02-a-lab/README.md#one
    outcome 2 failed "client ends" "exit status 2" "127.0.0.1:55555 is not 127.0.0.1:43211" labs/02-a-lab/README.md#one
    format
    says $'      cause     127.0.0.1:40001 is not 127.0.0.1:43211\n'
    says $'      also      all the other tests that failed (1)\n'
}

@test "where nothing can be checked, the others are counted as what they are" {
    tap "1..2" "suite /kit/tests/02-a-lab/checks.bats" "begin 1 a [5]" "not ok 1 a [5] in 5ms" "begin 2 b [5]" \
        "not ok 2 b [5] in 5ms"
    outcome 1 "could not be checked" "the scene can be played" "no private network" "" labs/02-a-lab/README.md#one
    outcome 2 "could not be checked" "the scene can be played" "no private network" "" labs/02-a-lab/README.md#one
    format 1
    says $'      also      all the other tests that could not be checked (1)\n'
}

@test "a failure without a cause says in short what was expected, not the first of what was seen" {
    tap "1..2" "suite /kit/tests/02-a-lab/checks.bats" "begin 1 a [5]" "not ok 1 a [5] in 5ms" "begin 2 b [5]" \
        "not ok 2 b [5] in 5ms"
    outcome 1 failed "client calls connect" $'socket = 3\nbind = 0' "" labs/02-a-lab/README.md#one
    outcome 2 failed "client calls connect" $'socket = 3\nbind = 0' "" labs/02-a-lab/README.md#two
    format
    [ "$(grep -c 'client calls connect' <<<"$output")" -eq 1 ]
    outcome 2 failed "client prints" "nothing" "" labs/02-a-lab/README.md#two
    format
    says $'begin with: a\n              expected: client calls connect\n'
}

@test "a cause is told in full once, and then with what else was expected" {
    local number
    tap "1..4" "suite /kit/tests/02-a-lab/checks.bats"
    for number in 1 2 3 4; do
        tap "begin $number test $number [5]" "not ok $number test $number [5] in 5ms"
    done
    outcome 1 failed "a line" "one" "a cause" labs/02-a-lab/README.md#one
    outcome 2 failed "a call" "two" "another cause" labs/02-a-lab/README.md#one
    outcome 3 failed "a packet" "three" "a cause" labs/02-a-lab/README.md#one
    outcome 4 failed "a line" "four" "a cause" labs/02-a-lab/README.md#one
    format
    [ "$(grep -c '      cause     a cause' <<<"$output")" -eq 1 ]
    says "      also      test 3
                  expected  a packet
                test 4
"
}

@test "the failure to begin with comes first, and what could not be checked comes last" {
    tap "1..3" "suite /kit/tests/02-a-lab/checks.bats" "begin 1 a [5]" "ok 1 a [5] in 5ms # skip" "begin 2 b [5]" \
        "not ok 2 b [5] in 5ms" "begin 3 c [5]" "not ok 3 c [5] in 5ms"
    outcome 1 "could not be checked" "" "no network"
    outcome 2 failed "a line" "none" "the wrong variable is printed" labs/02-a-lab/README.md#one printing
    outcome 3 failed "a packet" "none" "the wrong port" labs/02-a-lab/README.md#one destination
    format
    [[ $output == *"  c
      expected"*"  b
      expected"*"  a
      saw "*"begin with: c
              the wrong port"* ]]
}

# In a terminal of this width.
format_in() {
    run env TERM=xterm NO_COLOR=1 script -qec "stty cols $1 && tests/bench/format <$BATS_TEST_TMPDIR/tap" /dev/null 3>&-
    output=$(tr -d "\r" <<<"$output")
}

@test "in a terminal everything fits its width, and no word is broken" {
    command -v script >/dev/null || skip "script is not installed"
    local columns word text="the client waits for a silent peer until the deadline, and reports no refusal at any time whatsoever"
    tap "1..2" "suite /kit/tests/02-a-lab/checks.bats" "begin 1 $text [5]" "not ok 1 $text [5] in 5ms" \
        "begin 2 $text again [5]" "not ok 2 $text again [5] in 5ms"
    outcome 1 failed "$text" "$text"$'\n'"   indented $text" "$text" labs/02-a-lab/README.md#one
    outcome 2 failed "$text" "$text" "another cause: $text" labs/02-a-lab/README.md#one
    for columns in 60 80; do
        format_in "$columns"
        [ "$(wc -L <<<"$output")" -le "$columns" ] ||
            { awk -v columns="$columns" 'length > columns' <<<"$output" && return 1; }
        for word in $text; do grep -qw -- "$word" <<<"$output"; done
    done
    format_in 300
    says "        0/5   $text"
    # What is being tested is shown in one line, which can be wiped again.
    run env TERM=xterm script -qec "stty cols 60 && tests/bench/format <$BATS_TEST_TMPDIR/tap" /dev/null 3>&-
    [ "$(grep -oE $'\e\\[K  \\.\\.\\. [^\e\r]*' <<<"$output" | sed $'s/\e\\[K//' | wc -L)" -lt 60 ]
}

@test "what is long is shown page by page to a reader, and the result does not wait for it" {
    command -v script >/dev/null || skip "script is not installed"
    three_tests
    printf '#!/bin/sh\n[ -s "$UDPLAB_RESULT_FILE" ] && sed "s/^/paged: /"\n' >"$BATS_TEST_TMPDIR/pager"
    chmod +x "$BATS_TEST_TMPDIR/pager"
    run env PAGER="$BATS_TEST_TMPDIR/pager" UDPLAB_PAGE=yes TERM=xterm NO_COLOR=1 script -qec \
        "tests/bench/format <$BATS_TEST_TMPDIR/tap" /dev/null 3>&-
    says "paged:   it is refused"
    says "paged:   score 10 of 40"
    [[ $output != *"paged:   passed "* ]]
    # A reader who leaves early is no error.
    PAGER=true UDPLAB_PAGE=yes run -0 script -qec "tests/bench/format <$BATS_TEST_TMPDIR/tap" /dev/null 3>&-
}
