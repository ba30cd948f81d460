# shellcheck shell=bash
# What the graded bats files load: the verbs of a scene, assertions on its recording, and for each test an outcome with
# what was expected, what was seen, a likely cause and where to read on.
#
# Points stand at the end of a test's title: @test "a line becomes one datagram [15]".
# `read_on ANCHOR` names the part of the handout that a failure sends the student to.
# A file that defines `under_valgrind` has that scene played under Valgrind beside the other tests.

bats_require_minimum_version 1.5.0

LAB=${BATS_TEST_FILENAME%/*} LAB=${LAB##*/}

# shellcheck source=tests/bench/scene.bash
source "${BASH_SOURCE[0]%/*}/scene.bash"
# shellcheck source=tests/bench/recording.bash
source "$TOP/tests/bench/recording.bash"
# shellcheck source=tests/bench/outcome.bash
source "$TOP/tests/bench/outcome.bash"
# shellcheck source=tests/bench/memcheck.bash
source "$TOP/tests/bench/memcheck.bash"
# shellcheck source=tests/bench/box.bash
source "$TOP/tests/bench/box.bash"

LIMIT=${UDPLAB_LIMIT:-120} # seconds that a whole check of a lab may take; of processor time, a part

setup_file() {
    export UDPLAB_CHECK_ENDS=$((EPOCHSECONDS + LIMIT))
    find_box_level
    take_answers
    private_networks_allowed || true
    calls_can_be_recorded || true
    memcheck_begin
}

# A check has taken and built them already, and shown what the compiler says. A file that names no answers needs none.
take_answers() {
    [[ -z ${UDPLAB_TAKEN-} && -n ${ANSWER_PROGRAMS-} ]] || return 0
    TAKEN=$(mktemp -d) # not below bats' own folder, where only its owner may go
    chmod 711 "$TAKEN"
    export UDPLAB_TAKEN=$TAKEN
    mkdir -p "$TOP/build"
    flock -o "$TOP/build" make --no-print-directory -C "$TOP" -s ready >"$BATS_FILE_TMPDIR/make.said" 2>&1 3>&- || {
        cat "$BATS_FILE_TMPDIR/make.said" >&2
        return 1 # the kit itself does not build
    }
    (cd "$TOP" && bash tests/bench/take "${ANSWERS:-labs}" "$LAB" "$UDPLAB_TAKEN") >/dev/null 2>&1 3>&-
}

setup() {
    # bats watches each command, at half a millisecond a piece: let it watch the test's own lines only.
    set +T
    declare -ft "$BATS_TEST_NAME"
    BEGUN=${EPOCHREALTIME/[.,]/} OUTCOME='' EXPECTED='' SAW='' CAUSE='' ASPECT='' READ_ON=''
    leave_out_after_failure
    calls_can_be_recorded || could_not_check "system calls cannot be recorded here: $NO_CALLS_BECAUSE"
    # the default, and always set: a program cannot tell by it that a test is about its deadline
    export UDPLAB_TIMEOUT_MS=2000
    local left=$((UDPLAB_CHECK_ENDS - EPOCHSECONDS))
    fail_beyond_limits
    scene_begin "$BATS_TEST_TMPDIR" --seconds "$left" --share "$BATS_FILE_TMPDIR/played"
    PATIENCE=$((DEADLINE * 20)) # for Valgrind's scene, which is played with the whole deadline
    shorten_deadline
    private_networks_allowed || port_is_free ||
        could_not_check "another program on this machine has port 43211, and there is no private network to avoid it"
}

# `check --first` wants to know of the first failure only.
leave_out_after_failure() {
    [[ -n ${UDPLAB_FIRST-} && -e $UDPLAB_RESULTS/stop ]] || return 0
    OUTCOME="not run"
    skip "an earlier test failed"
}

# What hangs, or computes without end, does so in most tests: it is not waited for in all of them. An answer of which
# some tests have ended gets more processor time: which of the others it passes must not depend on the machine.
fail_beyond_limits() {
    local spent=0 most=$((LIMIT * 100)) milliseconds
    [[ ! -e $BATS_FILE_TMPDIR/in-time ]] || most=$((LIMIT * 250))
    ((left > 0)) || never_started "$LIMIT s" "$LIMIT s are over"
    [[ -e $BATS_FILE_TMPDIR/spent ]] || return 0
    while read -r milliseconds; do
        spent=$((spent + milliseconds))
    done <"$BATS_FILE_TMPDIR/spent"
    ((spent < most)) ||
        never_started "$((most / 1000)) s of processor time" "the programs have computed for $((spent / 1000)) s"
}

never_started() {
    local why="$2, and this test was not started: the tests before it took all the time"
    fail "timed out" "the check of this lab takes at most $1" \
        "$why (UDPLAB_LIMIT=$((LIMIT * 2)) gives them more time)" ""
}

# The processor time of what the scene has started: of a test that timed out, since on a slow machine the others take
# much of it, too.
note_processor_time() {
    ! stage spent || echo "$SAID" >>"$BATS_FILE_TMPDIR/spent"
}

# An answer that hung once is not waited for as long again, but for longer than the 2 s after which programs give up: it
# would be luck which of the two comes first.
shorten_deadline() {
    [[ ! -e $BATS_FILE_TMPDIR/timed-out ]] || DEADLINE=$(((DEADLINE * 3 + 4) / 5))
}

# 43211 is A8CB in the kernel's lists of UDP sockets.
port_is_free() {
    ! grep -qs ':A8CB ' /proc/net/udp /proc/net/udp6
}

teardown() {
    if [[ $OUTCOME != "timed out" ]]; then
        : >"$BATS_FILE_TMPDIR/in-time"
        memcheck_go
    elif [[ -n ${TO_STAGE-} ]]; then
        note_processor_time
    fi
    [[ -z ${SCENE-} ]] || scene_end
    keep_outcome
}

teardown_file() {
    memcheck_end
    [[ -z ${TAKEN-} ]] || rm -rf "$TAKEN"
}

# Whether programs may be traced on this machine; if not, NO_CALLS_BECAUSE says why.
calls_can_be_recorded() {
    if [[ -z ${UDPLAB_TRACING-} ]]; then
        UDPLAB_TRACING=yes
        NO_CALLS_BECAUSE=$(strace -o /dev/null true 2>&1) || UDPLAB_TRACING=no
        export UDPLAB_TRACING NO_CALLS_BECAUSE
    fi
    [[ $UDPLAB_TRACING == yes ]]
}

# --- what a test needs ------------------------------------------------------------------------------------------

could_not_check() {
    OUTCOME="could not be checked"
    SAW=$1
    skip "could not be checked: ${1//$'\n'/; }" # bats wants one line
}

# Several hosts, addresses of one's own, no strangers: only in a private network.
needs_private_network() {
    private_networks_allowed ||
        no_private_network "it needs a private network"
}

needs_packets() {
    private_networks_allowed ||
        no_private_network "packets are seen in private networks only"
}

no_private_network() {
    could_not_check "$1, and this machine allows none ($NO_NETWORK_BECAUSE; \`make doctor\` says more)"
}

read_on() {
    READ_ON=$1
}

# A program that defines what the sanitizers call would keep its mistakes from them.
replaces_sanitizer() {
    nm --defined-only "$1" 2>/dev/null |
        grep -qE ' [TtWwDdBb] __(a|l|ub)san_(report|handle|default|on_error|is_turned|store|load)'
}

# Starts an answer as `start` does, built with sanitizers, which end it at the first byte outside of a buffer.
start_sanitized() {
    local START_ANSWERS=sanitized
    find_program "$2"
    [[ -x $FOUND && -e $FOUND.c ]] || missing_program "$2" "$FOUND"
    mkdir -p "$UDPLAB_TAKEN/sanitized"
    bash "$TOP/tests/bench/compile" "$FOUND.c" "$UDPLAB_TAKEN/sanitized/$2" \
        -w -fsanitize=address,undefined -fno-sanitize-recover=all 2>/dev/null ||
        could_not_check "${CC:-gcc} has no sanitizers here"
    ! replaces_sanitizer "$UDPLAB_TAKEN/sanitized/$2" ||
        fail failed "the sanitizers see each use of memory" "$2.c defines functions of theirs" \
            "names that begin with __asan_, __lsan_ or __ubsan_ belong to the compiler"
    ASAN_OPTIONS=detect_leaks=0:abort_on_error=1 UBSAN_OPTIONS=abort_on_error=1 \
        launch "$1" "$UDPLAB_TAKEN/sanitized/$2" "${@:3}"
}

# --- what a program left behind ---------------------------------------------------------------------------------

# The exit status of a program that has ended.
expect_status() {
    [[ ${STATUS[$1]} == "$2" ]] || fail_ended "$1" "$1 exits with status $2"
}

# A line on standard error.
expect_error() {
    stage said "$1" "$2" || fail_ended "$1" "$1 says on standard error: $2"
}

expect_no_error() {
    ! stage said-anything "$1" || fail_ended "$1" "$1 says nothing on standard error"
}

# A line on standard output, for what a program says when it ends.
expect_printed() {
    stage printed "$1" "$2" || fail_ended "$1" "$1 prints: $2"
}

# No line like this on standard output.
expect_not_printed() {
    ! stage printed-part "$1" "$2" || fail_ended "$1" "$1 does not print: $2"
}
