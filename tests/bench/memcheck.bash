# shellcheck shell=bash
# Valgrind for one scene of a lab. It takes longer than all the tests, so it runs beside them: `memcheck_begin` prepares
# it when the file begins, `memcheck_go` starts it, and `expect_clean_memory` waits until its result is there.

memcheck_begin() {
    declare -F under_valgrind >/dev/null && command -v valgrind >/dev/null || return 0
    export UDPLAB_MEMCHECK=$BATS_FILE_TMPDIR/memcheck
    mkdir "$UDPLAB_MEMCHECK"
    mkfifo "$UDPLAB_MEMCHECK/gate"
    local lock gate
    exec {lock}>"$UDPLAB_MEMCHECK/lock" {gate}<>"$UDPLAB_MEMCHECK/gate"
    flock "$lock"
    { read -r -u "$gate" && memcheck_scene; } >"$UDPLAB_MEMCHECK/said" 2>&1 3>&- &
    MEMCHECK_PID=$!
    exec {lock}>&- {gate}>&-
}

# What hangs or computes without end would do so longest under Valgrind. So Valgrind begins when a test has ended in
# time, or when its own test asks for it; by then, the limits of the whole check may have been reached.
memcheck_go() {
    [[ -z ${UDPLAB_MEMCHECK-} ]] || echo go 1<>"$UDPLAB_MEMCHECK/gate"
}

# Holds the lock until it ends. Only what a student completes runs under Valgrind.
# shellcheck disable=SC2034,SC2317  # launch reads START_ANSWERS, and the verbs call fail
memcheck_scene() {
    trap - ERR DEBUG
    trap scene_end EXIT
    set -e
    START_ANSWERS=memcheck
    fail() {
        printf '%s\x1f' "$@" >"$UDPLAB_MEMCHECK/failure"
        return 1
    }
    export UDPLAB_TIMEOUT_MS=${UDPLAB_TIMEOUT_MS:-1000} # nobody is there to answer later
    scene_begin "$UDPLAB_MEMCHECK" --hide-libc-debug
    shorten_deadline
    DEADLINE=$((DEADLINE * 3))
    under_valgrind
    ended_in_time
    : >"$UDPLAB_MEMCHECK/over"
}

# A program that the stage had to end has not let Valgrind look for leaks.
# shellcheck disable=SC2317
ended_in_time() {
    local name
    for name in "${!STATUS[@]}"; do
        ! is_answer "${PROGRAM[$name]##*/}" || [[ $(end_of "$name") != stopped:* ]] ||
            fail failed "$name ends by itself" "$(printed_by "$name")"$'\n'"stopped: it went on without end"
    done
}

# Nobody needs the result any more: when it was asked for, it is long there.
memcheck_end() {
    [[ -n ${MEMCHECK_PID-} ]] || return 0
    kill "$MEMCHECK_PID" 2>/dev/null || true
    wait "$MEMCHECK_PID" || true
}

# Then Valgrind had nothing to run.
program_is_missing() {
    grep -qsE $'^failed\x1f(a program )?[a-z]+\\.c( compiles)?\x1f' "$UDPLAB_MEMCHECK/failure"
}

expect_clean_memory() {
    local outcome expected saw cause errors
    # shellcheck disable=SC2034  # recording.bash reads it
    local SCENE=${UDPLAB_MEMCHECK-} RECORDING=${UDPLAB_MEMCHECK-}/recording # the causes of failures are read there
    [[ -n ${UDPLAB_MEMCHECK-} ]] || could_not_check "Valgrind is not installed; \`make start\` installs it"
    scene_end # where there are no namespaces, one scene at a time has the loopback
    memcheck_go
    flock --timeout "$PATIENCE" "$UDPLAB_MEMCHECK/lock" true
    errors=$(memory_errors "$UDPLAB_MEMCHECK"/*.xml)
    if [[ -n $errors ]]; then
        fail failed "no memory error and no leak" "$errors"
    elif ! program_is_missing && ! grep -qs '<valgrindoutput>' "$UDPLAB_MEMCHECK"/*.xml; then
        fail "could not be checked" "Valgrind's report" \
            "Valgrind does not run here: $(tail -qn 1 "$UDPLAB_MEMCHECK"/*.err)"
    elif [[ -s $UDPLAB_MEMCHECK/failure ]]; then
        IFS=$'\x1f' read -r -d '' outcome expected saw cause <"$UDPLAB_MEMCHECK/failure" || true
        fail "$outcome" "under Valgrind, $expected" "$saw" ${cause:+"${cause%$'\x1f'*}"}
    elif killed_by_itself; then
        fail failed "Valgrind can finish its report" "the program ended itself with SIGKILL, and Valgrind with it" \
            "no task needs SIGKILL"
    elif [[ $(grep -lc '</valgrindoutput>' "$UDPLAB_MEMCHECK"/*.xml) != \
        $(printf '%s\n' "$UDPLAB_MEMCHECK"/*.xml) ]]; then
        fail "could not be checked" "Valgrind's report" \
            "it is incomplete: the program has ended before Valgrind could look for leaks"
    elif [[ ! -e $UDPLAB_MEMCHECK/over ]]; then
        fail "timed out" "the scene under Valgrind ends" "it was ended by the limit of the whole check"
    fi
}

# Whether a program under Valgrind has sent itself the signal that nobody can catch.
killed_by_itself() {
    local calls
    for calls in "$RECORDING"/*.calls; do
        ! grep -qE '(kill|tkill|tgkill|pidfd_send_signal)\(.*SIGKILL' "$calls" || return 0
    done
    return 1
}

# Valgrind's report, reduced to what is wrong and where in the student's source.
memory_errors() {
    awk -v folder="/kit/labs/$LAB" '
        function text(line) {
            gsub(/<[^>]*>|^ +| in loss record .*/, "", line)
            gsub(/&lt;/, "<", line); gsub(/&gt;/, ">", line); gsub(/&amp;/, "\\&", line)
            return line
        }
        /<error>/ { what = place = dir = "" }
        /<what>/ || /<text>/ { if (what == "") what = text($0) }
        /<auxwhat>Address .*(block|recently)/ {
            if (what ~ /^Invalid/) what = what " " text($0)
            sub(/Address 0x[0-9A-Fa-f]* is/, "at an address", what)
        }
        /<dir>/ { dir = text($0) }
        /<file>/ { file = text($0) }
        /<line>/ { if (place == "" && dir == folder) place = file ":" text($0) }
        /<\/error>/ { print what (place == "" ? "" : ", " place) }
    ' "$@" 2>/dev/null | sort -u
}
