# make progress: how far the labs are, from what checks have left.
bats_require_minimum_version 1.5.0

load copies

setup_file() {
    copy_tree "$BATS_FILE_TMPDIR/kit"
}

setup() {
    cp -a "$BATS_FILE_TMPDIR/kit" "$BATS_TEST_TMPDIR/udplab"
    cd "$BATS_TEST_TMPDIR/udplab" || return
    mkdir -p build/results
    mapfile -t LABS < <(labs)
    export LC_ALL=C
}

# result LAB LAST [BEST [UNCHECKED]]
result() {
    local json='{schema: "udplab-check/1", $score, points: 100, unchecked: $unchecked}'
    gojq -n --argjson score "$2" --argjson unchecked "${4:-0}" "$json" >"build/results/$1.json"
    gojq -n --argjson score "${3:-$2}" --argjson unchecked "${4:-0}" "$json" >"build/results/$1.best.json"
}

progress() {
    run -0 make progress 3>&-
}

# row LAB: what is shown of it.
row() {
    grep -F "  $1 " <<<"$output"
}

@test "without a check there is a line for each lab, and the first handout is next" {
    rm -r build/results
    progress
    local lab
    for lab in "${LABS[@]}"; do
        [[ $(row "$lab") == *" ....................  not checked yet" ]]
    done
    shown "Next: labs/${LABS[0]}/README.md, then make check-${LABS[0]%%-*}"
}

@test "the bar is the last score, and behind it the best" {
    result "${LABS[0]}" 50
    result "${LABS[1]}" 25 75
    result "${LABS[2]}" 0 100
    result "${LABS[3]}" 100
    progress
    [[ $(row "${LABS[0]}") == *" ##########..........  best  50, last  50" ]]
    [[ $(row "${LABS[1]}") == *" #####==========.....  best  75, last  25" ]]
    [[ $(row "${LABS[2]}") == *" ====================  best 100, last   0" ]]
    [[ $(row "${LABS[3]}") == *" ####################  best 100, last 100" ]]
}

@test "what is next is the first lab that is not done" {
    local lab
    result "${LABS[0]}" 60 100
    progress
    shown "Next: lab ${LABS[0]%%-*}, 40 points to go: make check-${LABS[0]%%-*} says why"
    result "${LABS[0]}" 100
    progress
    shown "Next: labs/${LABS[1]}/README.md"
    # What cannot be checked here is not to be done here.
    result "${LABS[1]}" 85 85 15
    progress
    shown "Next: labs/${LABS[2]}/README.md"
    for lab in "${LABS[@]}"; do result "$lab" 100; done
    progress
    shown "Next: nothing, you have finished all labs"
}

@test "results that cannot be read count for nothing" {
    echo '{"score":' >"build/results/${LABS[0]}.json"
    echo '{"schema": "udplab-check/1", "score": "7", "points": 100, "unchecked": 0}' >"build/results/${LABS[1]}.json"
    : >"build/results/${LABS[2]}.json"
    progress
    [ "$(grep -c 'not checked yet' <<<"$output")" -eq "${#LABS[@]}" ]
    # A best one that is lost does not hide the last.
    result "${LABS[0]}" 30
    rm "build/results/${LABS[0]}.best.json"
    progress
    [[ $(row "${LABS[0]}") == *"best  30, last  30" ]]
}

@test "the real result of a check is understood" {
    make "check-${LABS[1]%%-*}" >/dev/null 2>&1 3>&- || true
    progress
    [[ $(row "${LABS[1]}") == *"best   0, last   0" ]]
}

@test "it fits into 80 columns, with and without UTF-8" {
    local locale
    for lab in "${LABS[@]}"; do result "$lab" 100; done
    rm "build/results/${LABS[2]}.json" # the longest name is in the last line as well
    for locale in C C.UTF-8; do
        LC_ALL=$locale progress
        [ "$(LC_ALL=C.UTF-8 wc -L <<<"$output")" -le 80 ]
    done
    shown "████████████████████"
    not_shown '#'
    LC_ALL=C progress
    [ -z "$(LC_ALL=C tr -d '\n -~' <<<"$output")" ]
}

@test "colours are for terminals, and not for those who want none" {
    command -v script >/dev/null || skip "script is not installed"
    for lab in "${LABS[@]}"; do result "$lab" 100; done
    progress
    not_shown $'\e['
    TERM=xterm run -0 script -qec 'make progress' /dev/null 3>&-
    shown $'\e[32m'
    NO_COLOR=1 TERM=xterm run -0 script -qec 'make progress' /dev/null 3>&-
    not_shown $'\e['
}
