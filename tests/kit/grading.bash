# shellcheck shell=bash
# For the tests of grading: submissions as platforms deliver them. Labs are the first two of the list.

load copies

# shellcheck disable=SC2034  # the tests use them
first_labs() {
    mapfile -t LABS < <(labs)
    read -r PROGRAM _ < <(sed -n 's/^answers //p' "$TOP/tests/${LABS[0]}/checks.bats")
    read -r SECOND _ < <(sed -n 's/^answers //p' "$TOP/tests/${LABS[1]}/checks.bats")
    TAKING=(--take-only --labs "${LABS[0]},${LABS[1]}")
}

# handed FILE [WORDS]: a source with these words in it.
handed() {
    mkdir -p -- "$(dirname -- "$1")"
    echo "int main(void) { return 0; } // ${2-}" >"$1"
}

# taken ID LAB: what was taken for a student's lab, from below the submissions; or its state.
taken() {
    gojq -r --arg id "$1" --arg lab "$2" '.students[] | select(.id == $id) | .labs[] | select(.lab == $lab) | if .state == "taken" then .programs[0].from else .state end' "$OUT/class.json"
}

# left ID: what was left of a student's files, and why.
left() {
    gojq -r --arg id "$1" '.students[] | select(.id == $id) | .left[] | "\(.path): \(.why)"' "$OUT/class.json"
}

ids() {
    gojq -r '[.students[].id] | join(" ")' "$OUT/class.json"
}
