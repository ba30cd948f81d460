# shellcheck shell=bash
# What the graded bats files load: the verbs of a scene, assertions on its recording, and for each test an outcome with
# what was expected, what was seen, a likely cause and where to read on.
#
# Points stand at the end of a test's title: @test "a line becomes one datagram [15]".
# `read_on ANCHOR` names the part of the handout that a failure sends the student to.
# A file that defines `under_valgrind` has that scene played under Valgrind beside the other tests.

bats_require_minimum_version 1.5.0

LAB=${BATS_TEST_FILENAME##*/} LAB=${LAB%.bats}
NO_CALL="it has made no call on a socket"

# shellcheck source=tests/support/scene.bash
source "${BASH_SOURCE[0]%/*}/scene.bash"
# shellcheck source=tests/support/recording.bash
source "$TOP/tests/support/recording.bash"
# shellcheck source=tests/support/memcheck.bash
source "$TOP/tests/support/memcheck.bash"

setup_file() {
    export UDPLAB_COMPILE_LOG=$BATS_FILE_TMPDIR/compile.log
    build ready >"$UDPLAB_COMPILE_LOG" 2>&1 3>&- || forget_old_programs
    private_networks_allowed || true
    calls_can_be_recorded || true
    memcheck_begin
}

build() {
    make --no-print-directory -C "$TOP" -s -k LAB="$LAB" ANSWERS="${ANSWERS:-labs}" "$@"
}

# What could not be built again is not what there is to be checked.
forget_old_programs() {
    local program
    for program in $ANSWER_PROGRAMS; do
        build -q "${ANSWERS:-labs}/$LAB/$program" >/dev/null 2>&1 3>&- || rm -f "$(answers_folder)/$program"
    done
}

setup() {
    # bats watches each command, at half a millisecond a piece: let it watch the test's own lines only.
    set +T
    declare -ft "$BATS_TEST_NAME"
    OUTCOME='' EXPECTED='' SAW='' CAUSE='' READ_ON=''
    [[ ${ANSWERS-} != *[[:space:]]* ]] || could_not_check "the path of the answers has a blank in it: '$ANSWERS'"
    calls_can_be_recorded || could_not_check "system calls cannot be recorded here: $NO_CALLS_BECAUSE"
    scene_begin "$BATS_TEST_TMPDIR"
    PATIENCE=$((DEADLINE * 20)) # for Valgrind's scene, which is played with the whole deadline
    shorten_deadline
    private_networks_allowed || port_is_free ||
        could_not_check "another program on this machine has port 43211, and there is no private network to avoid it"
}

# An answer that hung once is not waited for as long again.
shorten_deadline() {
    [[ ! -e $BATS_FILE_TMPDIR/timed-out ]] || DEADLINE=$(((DEADLINE * 2 + 4) / 5))
}

# 43211 is A8CB in the kernel's list of UDP sockets.
port_is_free() {
    ! grep -q ':A8CB ' /proc/net/udp
}

teardown() {
    [[ -z ${SCENE-} ]] || scene_end
    keep_outcome
}

teardown_file() {
    memcheck_end
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
        could_not_check "it needs a private network, and this machine allows none ($NO_NETWORK_BECAUSE; \`make doctor\` says more)"
}

needs_packets() {
    private_networks_allowed ||
        could_not_check "packets are seen in private networks only, and this machine allows none ($NO_NETWORK_BECAUSE; \`make doctor\` says more)"
    [[ -s $RECORDING/$HERE.pcapng ]] ||
        could_not_check "packets cannot be captured here: $(<"$SCENE/$HERE.capture.err")"
    packets_written || fail "could not be checked" "the packets so far" "the capture does not answer"
}

read_on() {
    READ_ON=$1
}

# --- what a program left behind ---------------------------------------------------------------------------------

# The exit status of a program that has ended.
expect_status() {
    [[ ${STATUS[$1]} == "$2" ]] || fail_ended "$1" "$1 exits with status $2"
}

# A line on standard error.
expect_error() {
    grep -qxE -- "$(literally "$2")[[:space:]]*" "$SCENE/$1.err" || fail_ended "$1" "$1 says on standard error: $2"
}

expect_no_error() {
    [[ ! -s $SCENE/$1.err ]] || fail_ended "$1" "$1 says nothing on standard error"
}

# A line on standard output, for what a program says when it ends.
expect_printed() {
    grep -qxF -- "$2" "$SCENE/$1.printed" || fail_ended "$1" "$1 prints: $2"
}

# No line like this on standard output.
expect_not_printed() {
    ! grep -qF -- "$2" "$SCENE/$1.printed" || fail_ended "$1" "$1 does not print: $2"
}

literally() {
    sed 's/[][\.*^$+?(){}|/]/\\&/g' <<<"$1"
}

# --- outcomes ---------------------------------------------------------------------------------------------------

# A program is not where the test wants it: it waits for ever, it crashed, or it ended. A given program that waits does so
# for an answer's sake, so what the answers do is told, too.
fail_running() {
    local saw
    if [[ -n ${STATUS[$1]} ]]; then
        fail_ended "$1" "$2"
        return 1
    fi
    saw="$(printed_by "$1")"$'\n'"after $DEADLINE s it is still running: $(last_call "$1")$(children_of "$1")"
    is_answer "${PROGRAM[$1]##*/}" || saw+=$(answers_meanwhile)
    fail "timed out" "$2" "$saw"
}

fail_ended() {
    if [[ -z ${RECORD_WITH-} && ! -s $RECORDING/$1.calls ]]; then
        fail "could not be checked" "$1's calls are recorded" "$(<"$SCENE/$1.err")"
    else
        fail failed "$2" "$(printed_by "$1"; end_of "$1")"
    fi
}

# How it ended, if it has. The status of a program that a signal ended is not its own, and nor is a signal that the test sent.
end_of() {
    local status=${STATUS[$1]} signal
    signal=$(deadly_signal "$1")
    if [[ -z $status ]]; then
        return
    elif ((status == 128 + $(kill -l XFSZ))); then
        echo "stopped: it called the kernel, or complained, without end"
    elif [[ $signal == SIG@(INT|TERM) ]]; then
        echo "ended by the test's $signal"
    elif [[ -n $signal ]]; then
        echo "killed by $signal"
    else
        echo "exit status $status"
    fi
}

# What the recording says; without one, what the status means.
deadly_signal() {
    local signal
    if [[ -s $RECORDING/$1.calls ]]; then
        sed -nE 's/.*\+\+\+ killed by (SIG[A-Z0-9]+).*/\1/p' "$RECORDING/$1.calls" | tail -n 1
    elif ((${STATUS[$1]:-0} > 128)) && signal=$(kill -l "${STATUS[$1]}" 2>/dev/null); then
        echo "SIG$signal"
    fi
}

# The answer that crashed, if one has, whatever it was seen by: sets SAW.
answer_crashed() {
    local name signal
    for name in "${!PID[@]}"; do
        is_answer "${PROGRAM[$name]##*/}" || continue
        signal=$(deadly_signal "$name")
        [[ $signal == SIG@(SEGV|ABRT|BUS|FPE|ILL|TRAP|SYS) ]] || continue
        SAW="$(printed_by "$name")"$'\n'"killed by $signal$(crash_place "$name")"
        return
    done
    return 1
}

printed_by() {
    local lines
    if [[ -s $SCENE/$1.printed ]]; then
        lines=$(tail -n 6 "$SCENE/$1.printed" | LC_ALL=C sed -E 's/^(.{100}).+/\1.../')
        ((LINE_COUNT[$1] <= 6)) || lines=...$'\n'$lines
        printf '%s printed: %s\n' "$1" "${lines//$'\n'/$'\n'$(printf '%*s' $((${#1} + 10)) '')}"
    else
        echo "$1 printed nothing"
    fi
    [[ ! -s $SCENE/$1.err ]] || said_on_standard_error "$SCENE/$1.err"
}

# Its first lines; of a sanitizer's report and the library's crash report only what went wrong, without addresses.
said_on_standard_error() {
    sed -E '/^=+$|^ *#[0-9]|^crashed in:$|\[0x[0-9a-f]+\]$|^Address 0x|^  This frame|^ *\[[0-9]+, [0-9]+\) .*(\)|underflows this variable)$|^ *$/d; /^HINT: /,$d; s/^==[0-9]+==ERROR: //; s/ (on|at) (unknown )?(address )?0x.*//' "$1" |
        sed -n '1,3s/^/on standard error: /p'
}

# Where the library's crash report says the program was: the first place in the student's own source.
crash_place() {
    local path=${PROGRAM[$1]} offsets place
    mapfile -t offsets < <(sed -nE "s|.*/${path##*/}\\(\\+(0x[0-9a-f]+)\\).*|\\1|p" "$SCENE/$1.err")
    place=$(addr2line -e "$path" "${offsets[@]}" 2>/dev/null | grep -m 1 -F "/${path##*/}.c:") || return 0
    place=${place##*/}
    echo " in ${place% (*}"
}

last_call() {
    tell "story(\$lane) | last // \"$NO_CALL\"" "$1"
}

answers_meanwhile() {
    local name
    for name in "${!PID[@]}"; do
        ! is_answer "${PROGRAM[$name]##*/}" || printf '\nmeanwhile %s: %s%s' "$name" "$(last_call "$name")" "$(children_of "$name")"
    done
}

# How many other processes it has started, if any.
children_of() {
    local started
    started=$(grep -E '(clone3?|v?fork)\(.* = [0-9]' "$RECORDING/$1.calls" | grep -vc CLONE_THREAD) || return 0
    printf '\n%s has started other processes: %s' "$1" "$started"
}

missing_program() {
    if is_answer "$1" && [[ ! -e $2.c ]]; then
        fail failed "a program $1.c" "there is no $2.c" \
            "$1.c is missing: has it been renamed? \`make reset-${LAB%%-*}\` gives the starter back"
    elif [[ ! -e $2.c ]]; then
        fail "could not be checked" "$1.c, as the kit gives it" "it is missing: \`make reset-NN\` gives a lab's files back" ""
    elif is_answer "$1"; then
        fail failed "$1.c compiles" "$(grep -m 3 -E "/$1\.c:.* error:|undefined reference" "$UDPLAB_COMPILE_LOG" || tail -n 3 "$UDPLAB_COMPILE_LOG")" \
            "$1.c does not compile, so nothing of it is checked: begin with the first error"
    else
        fail "could not be checked" "$1 is given" "no program $2: $(tail -n 3 "$UDPLAB_COMPILE_LOG")"
    fi
}

# The first thing that goes wrong is a test's outcome: fail OUTCOME EXPECTED SAW [CAUSE]
fail() {
    local raw
    [[ -z $OUTCOME ]] || return 1
    OUTCOME=$1 EXPECTED=$(shortly "$2") SAW=$3
    [[ $OUTCOME != failed || $# -gt 3 ]] || ! answer_crashed || OUTCOME=crashed
    raw=$SAW
    SAW=$(tr '\000-\010\013-\037\177' '?' <<<"$raw") # a program's control characters are not for terminals and separators
    [[ ${SAW//[^?]/} == "${raw//[^?]/}" ]] || SAW+=$'\n(a ? stands for a byte that cannot be printed)'
    [[ $OUTCOME != "timed out" ]] || : >"$BATS_FILE_TMPDIR/timed-out"
    CAUSE=${4-$(likely_cause)}
    [[ ! $CAUSE =~ ^task\ ([0-9]+)\ |\(task\ ([0-9]+)\)$ ]] || READ_ON=$(heading_of "task ${BASH_REMATCH[1]:-${BASH_REMATCH[2]}}")
    printf '%s\n' "$OUTCOME"
    field expected "$EXPECTED"
    field saw "$SAW"
    field cause "$CAUSE"
    field "read on" "labs/$LAB/README.md${READ_ON:+#$READ_ON}"
    [[ $# -gt 3 || $CAUSE == "task "* || $SAW == *"$NO_CALL"* ]] || last_rungs | tee "$SCENE/ladder"
    return 1
}

# What was expected, in a line that can be taken in.
shortly() {
    if ((${#1} > 120)); then echo "${1:0:117}..."; else echo "$1"; fi
}

# The anchor of a task's heading in the handout: "task 2" -> task-2-send-without-an-address
heading_of() {
    sed -nE "s/^#+ (${1^}: .*)/\1/p" "$TOP/labs/$LAB/README.md" | tr '[:upper:]' '[:lower:]' | tr -dc '[:alnum:] \n-' | tr ' ' '-'
}

# The ladder of the failing scene, down to where it went wrong: its head, and as many of the last rows as can be taken in.
last_rungs() {
    ladder --width 80 --colour never 2>/dev/null | awk '
        NR <= 2 { print; next }
        { row[NR] = $0 }
        END {
            first = NR > 32 ? NR - 29 : 3
            if (first > 3) print "    ..."
            for (i = first; i <= NR; i++) print row[i]
        }'
}

field() {
    [[ -z $2 ]] || printf '  %-9s %s\n' "$1" "${2//$'\n'/$'\n'            }"
}

likely_cause() {
    local todo
    todo=$(cat "$SCENE"/*.err 2>/dev/null | grep -m 1 '^TODO ') || true
    if [[ -n $todo ]]; then
        todo=${todo#TODO }
        echo "task ${todo%%:*} is not written yet:${todo#*:}"
    else
        # A program that spins leaves a huge recording, and its beginning tells enough.
        events 2>/dev/null | head -n 1000 | timeout "$((DEADLINE * 10))" jq -r -n -L "$TOP/tests/support" --arg expected "$EXPECTED" --arg saw "$SAW" \
            'include "causes"; [inputs] | likely_cause' || true
    fi
}

# One file a test, for the formatter: its fields, apart by the unit separator.
keep_outcome() {
    local folder=${UDPLAB_RESULTS:-$BATS_FILE_TMPDIR}
    if [[ -z $OUTCOME && -n ${BATS_TEST_COMPLETED-} ]]; then
        OUTCOME=passed
    fi
    printf '%s\x1f' "$BATS_TEST_DESCRIPTION" "$OUTCOME" "${EXPECTED-}" "${SAW-}" "${CAUSE-}" \
        "labs/$LAB/README.md${READ_ON:+#$READ_ON}" >"$folder/$BATS_SUITE_TEST_NUMBER.outcome"
    [[ ! -s ${SCENE-}/ladder ]] || cp "$SCENE/ladder" "$folder/$BATS_SUITE_TEST_NUMBER.ladder"
}
