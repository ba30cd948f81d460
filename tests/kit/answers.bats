# Are the graded tests right? Wrong answers of many kinds are caught, by the test that is meant to, and the feedback on
# them is right; other right answers pass. This takes long, so `make test` leaves it to `make answers`; what can be said
# about the answers without a check is in answer.bats.

bats_require_minimum_version 1.5.0

setup_file() {
    cd "$BATS_TEST_DIRNAME/../.." || return
    # shellcheck source=tools/answers.bash
    source tools/answers.bash
    export RESULTS=$BATS_FILE_TMPDIR/results
    tests/bench/try-answers "$RESULTS" 3>&-

    # A busy machine can be late once. What is not as announced is tried again, alone, and said; that result counts.
    local lab answer again
    while IFS= read -r lab; do
        tests/bench/feedback "$RESULTS" "$lab" >"$RESULTS/$lab.feedback"
        mapfile -t again < <(for answer in $(answers_to "$lab" wrong) $(answers_to "$lab" right); do
            as_announced "$answer" || echo "$answer"
        done)
        for answer in "${again[@]}"; do
            echo "# tried again, alone: $answer" >&3
            tests/bench/try-answers "$RESULTS" "$answer" 3>&-
        done
    done < <(labs)
}

setup() {
    cd "$BATS_TEST_DIRNAME/../.." || return
    # shellcheck source=tools/answers.bash
    source tools/answers.bash
    FOUND=$BATS_TEST_TMPDIR/found
    : >"$FOUND"
}

labs() {
    local lab
    for lab in labs/[0-9]*; do
        echo "${lab#labs/}"
    done
}

all() {
    local lab
    for lab in $(labs); do
        answers_to "$lab" "$1"
    done
}

# A test collects what is wrong in FOUND, so that all of it is seen at once.
nothing_found() {
    [ ! -s "$FOUND" ] || { cat "$FOUND"; false; }
}

result_of() {
    local path=${1#tests/}
    echo "$RESULTS/${path%.*}.json"
}

announced() {
    { header "Caught by" "$1"; header "Also fails" "$1"; } | sort -u
}

# One answer's part of the feedback to a lab.
section() {
    awk -v begin="## $1: " '/^## / { on = index($0, begin) == 1 } on' "$2"
}

as_announced() {
    local lab kind name
    IFS=/ read -r _ lab kind name <<<"${1%.*}"
    if [[ $kind == right ]]; then
        gojq -e '.score == 100' "$(result_of "$1")" >/dev/null
    else
        cmp -s <(certain "$1") <(announced "$1") || return
        [ -n "$(header "Words vary" "$1")" ] ||
            cmp -s <(section "$name" "tests/$lab/feedback.txt") <(section "$name" "$RESULTS/$lab.feedback")
    fi
}

outcomes() {
    gojq -r '.tests[] | select(.outcome != "passed") | .title' "$(result_of "$1")"
}

# The tests that failed, without those that the machine's speed decides.
certain() {
    outcomes "$1" | grep -vxFf <(header "May fail" "$1") | sort
}

@test "every wrong answer is caught by the test that is meant to" {
    local answer
    for answer in $(all wrong); do
        outcomes "$answer" | grep -qxF -- "$(header "Caught by" "$answer")" ||
            echo "$answer: not caught by: $(header "Caught by" "$answer")" >>"$FOUND"
    done
    nothing_found
}

@test "the feedback on every wrong answer has the words that lead out of the mistake" {
    local answer words feedback
    for answer in $(all wrong); do
        feedback=$(gojq -r --arg title "$(header "Caught by" "$answer")" \
            '.tests[] | select(.title == $title) | "\(.outcome)\n\(.expected)\n\(.saw)\n\(.cause)"' "$(result_of "$answer")")
        while IFS= read -r words; do
            [[ $feedback == *"$words"* ]] ||
                printf '%s: not in the feedback: %s\nbut: %s\n\n' "$answer" "$words" "$feedback" >>"$FOUND"
        done < <(header Feedback "$answer")
    done
    nothing_found
}

@test "tests that have nothing to do with a mistake pass" {
    local answer
    for answer in $(all wrong); do
        diff <(certain "$answer") <(announced "$answer") >"$BATS_TEST_TMPDIR/diff" ||
            { echo "$answer: failed (<) against announced (>)"; cat "$BATS_TEST_TMPDIR/diff"; } >>"$FOUND"
    done
    nothing_found
}

@test "every other right answer gets 100 points" {
    local answer
    for answer in $(all right); do
        gojq -r --arg answer "$answer" 'select(.score != 100) | .tests[] | select(.outcome != "passed")
            | "\($answer): \(.outcome): \(.title)\n  expected \(.expected)\n  saw \(.saw)\n"' "$(result_of "$answer")" >>"$FOUND"
    done
    nothing_found
}

# The feedback on a lab's wrong answers, without those whose words vary.
certain_words() {
    local answer vary='|'
    for answer in $(answers_to "$1" wrong); do
        [ -z "$(header "Words vary" "$answer")" ] || vary+="$(basename "${answer%.*}")|"
    done
    awk -v vary="$vary" '/^## / { name = $2; sub(/:$/, "", name); off = index(vary, "|" name "|") } !off'
}

@test "the words of the feedback are those that were agreed on" {
    local lab
    for lab in $(labs); do
        diff <(certain_words "$lab" <"tests/$lab/feedback.txt") \
            <(tests/bench/feedback "$RESULTS" "$lab" | certain_words "$lab") >>"$FOUND" ||
            echo "$lab: if the new words are better: see tests/bench/feedback" >>"$FOUND"
    done
    nothing_found
}
