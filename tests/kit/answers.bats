# Are the graded tests right? Wrong answers of many kinds are caught, by the test that is meant to, and told why; other
# right answers pass; and each test is there for a reason.

bats_require_minimum_version 1.5.0

setup_file() {
    cd "$BATS_TEST_DIRNAME/../.." || return
    export RESULTS=$BATS_FILE_TMPDIR/results
    tests/bench/try-answers "$RESULTS" 3>&-

    # A busy machine can be late once. What is not as announced is tried again, alone, and said; that result counts.
    local lab source
    for lab in labs/[0-9]*; do
        tests/bench/golden "$RESULTS" "${lab#labs/}" >"$RESULTS/${lab#labs/}.told"
    done
    for source in tests/[0-9]*/{wrong,right}/*.c; do
        as_announced "$source" || {
            echo "# tried again, alone: $source" >&3
            tests/bench/try-answers "$RESULTS" "$source" 3>&-
        }
    done
}

setup() {
    cd "$BATS_TEST_DIRNAME/../.." || return
    FOUND=$BATS_TEST_TMPDIR/found
    : >"$FOUND"
}

# A test collects what is wrong in FOUND, so that all of it is seen at once.
nothing_found() {
    [ ! -s "$FOUND" ] || { cat "$FOUND"; false; }
}

header() {
    sed -nE "1,30s/^ \* $2: (.*)\$/\1/p" "$1"
}

result_of() {
    local path=${1#tests/}
    echo "$RESULTS/${path%.c}.json"
}

announced() {
    { header "$1" "Caught by"; header "$1" "Also fails"; } | sort -u
}

# One answer's part of the feedback to a lab.
section() {
    awk -v begin="## $1: " '/^## / { on = index($0, begin) == 1 } on' "$2"
}

as_announced() {
    local lab name
    IFS=/ read -r _ lab _ name <<<"${1%.c}"
    case $1 in
    tests/*/right/*) gojq -e '.score == 100' "$(result_of "$1")" >/dev/null ;;
    *)
        cmp -s <(outcomes "$1" | sort) <(announced "$1") &&
            cmp -s <(section "$name" "tests/$lab/feedback.txt") <(section "$name" "$RESULTS/$lab.told")
        ;;
    esac
}

outcomes() {
    gojq -r '.tests[] | select(.outcome != "passed") | .title' "$(result_of "$1")"
}

@test "every lab has ten wrong answers and four right ones, each with a whole header" {
    local lab source field
    for lab in labs/[0-9]*; do
        lab=${lab#labs/}
        [ "$(find "tests/$lab/wrong" -name '*.c' | wc -l)" -ge 10 ] || echo "$lab: fewer than ten wrong answers" >>"$FOUND"
        [ "$(find "tests/$lab/right" -name '*.c' | wc -l)" -ge 4 ] || echo "$lab: fewer than four right answers" >>"$FOUND"
    done
    for source in tests/[0-9]*/wrong/*.c; do
        for field in Program Mistake "Caught by" Feedback; do
            [ "$(header "$source" "$field" | wc -l)" -ge 1 ] || echo "$source: no '$field:'" >>"$FOUND"
        done
    done
    nothing_found
}

@test "every wrong answer is caught by the test that is meant to" {
    local source
    for source in tests/[0-9]*/wrong/*.c; do
        outcomes "$source" | grep -qxF -- "$(header "$source" "Caught by")" ||
            echo "$source: not caught by: $(header "$source" "Caught by")" >>"$FOUND"
    done
    nothing_found
}

@test "every wrong answer is told the words that lead out of the mistake" {
    local source words told
    for source in tests/[0-9]*/wrong/*.c; do
        told=$(gojq -r --arg title "$(header "$source" "Caught by")" \
            '.tests[] | select(.title == $title) | "\(.outcome)\n\(.expected)\n\(.saw)\n\(.cause)"' "$(result_of "$source")")
        while IFS= read -r words; do
            [[ $told == *"$words"* ]] || printf '%s: not told: %s\nbut: %s\n\n' "$source" "$words" "$told" >>"$FOUND"
        done < <(header "$source" Feedback)
    done
    nothing_found
}

@test "tests that have nothing to do with a mistake pass" {
    local source
    for source in tests/[0-9]*/wrong/*.c; do
        diff <(outcomes "$source" | sort) <(announced "$source") \
            >"$BATS_TEST_TMPDIR/diff" || { echo "$source: failed (<) against announced (>)"; cat "$BATS_TEST_TMPDIR/diff"; } >>"$FOUND"
    done
    nothing_found
}

@test "every graded test catches a wrong answer" {
    local lab
    for lab in labs/[0-9]*; do
        lab=${lab#labs/}
        sed -nE 's/^@test "(.*) \[[0-9]+\]" \{$/\1/p' "tests/$lab/checks.bats" | sed 's/\\"/"/g' |
            grep -vxFf <(for source in "tests/$lab/wrong"/*.c; do header "$source" "Caught by"; done) |
            sed "s/^/$lab: catches nothing: /" >>"$FOUND" || true
    done
    nothing_found
}

@test "every other right answer gets 100 points" {
    local source
    for source in tests/[0-9]*/right/*.c; do
        gojq -r --arg source "$source" 'select(.score != 100) | .tests[] | select(.outcome != "passed")
            | "\($source): \(.outcome): \(.title)\n  expected \(.expected)\n  saw \(.saw)\n"' "$(result_of "$source")" >>"$FOUND"
    done
    nothing_found
}

@test "the words of the feedback are those that were agreed on" {
    local lab
    for lab in labs/[0-9]*; do
        lab=${lab#labs/}
        diff "tests/$lab/feedback.txt" <(tests/bench/golden "$RESULTS" "$lab") >>"$FOUND" ||
            echo "$lab: if the new words are better: see tests/bench/golden" >>"$FOUND"
    done
    nothing_found
}
