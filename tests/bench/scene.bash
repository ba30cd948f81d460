# shellcheck shell=bash
# The verbs that tests, the demo and the documentation share: a private network, programs in it, what they are told
# and what they say. Every wait is for an event and ends at the kit's own deadline.
#
#   scene_begin DIR ... scene_end             a fresh network and recording; nothing of them is left running
#   host bob 10.0.0.2                         a host on the scene's private LAN (network.bash)
#   start client PROGRAM 127.0.0.1            start a program; `on bob start ...` starts it on that host
#   start_server server PROGRAM               start it, and wait until its socket is bound
#   type client "g1"                          give it a line of input
#   expect client "Hi, g1"                    wait until it prints this line; one * matches anything, and MATCH is
#                                             what it was
#   expect_all client "Hi, a" "Hi, b"         wait until it has printed each of these, in whatever order
#   expect_complaint client "connect failed"  wait until it says this on standard error, and goes on
#   finish client                             end its input and wait until it exits
#   end_input client                          end its input, and do not wait
#   wait_for server                           wait until it exits by itself
#   interrupt server                          press Ctrl-C and wait until it exits
#   stop server                               end it from outside
#   leave client                              end it, if it still runs
#   pause server, resume server               stop it where it is, and let it go on
#
# A verb that sees something else calls `fail OUTCOME EXPECTED SAW`, which its user defines, and returns 1. What happens
# is told to `narrate NAME KIND TEXT`, for those who show it.
#
# One process plays the scene: `sockscope stage`, whose header protocol.h has all that can be said to it.

TOP=${BASH_SOURCE[0]}
[[ $TOP == /* ]] || TOP=$PWD/$TOP
TOP=${TOP%/tests/*}
SCOPE=$TOP/build/sockscope
HERE=here # the scene's first network, where programs start unless `on HOST` says otherwise

narrate() { :; }

# shellcheck source=tests/bench/network.bash
source "$TOP/tests/bench/network.bash"
# shellcheck source=tests/bench/launch.bash
source "$TOP/tests/bench/launch.bash"

# scene_begin DIR [OPTION...]: the options are for the stage.
scene_begin() {
    local took options=("${@:2}")
    leave_in_order
    SCENE=$1
    RECORDING=$SCENE/recording
    private_networks_allowed || options+=(--shared)
    [[ ${UDPLAB_BOX-} != "full box"* ]] || options+=(--box "$TOP/build/box.bpf")
    [[ ${UDPLAB_BOX-none} == none || -z ${UDPLAB_BOX_USER-} ]] || options+=(--box-user "$UDPLAB_BOX_USER")
    coproc STAGE { exec "$SCOPE" stage "${options[@]}" "$SCENE" 2>"$SCENE/stage.err"; }
    # Open for reading, too: where the stage has died, its silence is the answer, and not a SIGPIPE.
    local to=${STAGE[1]} from=${STAGE[0]}
    exec {TO_STAGE}<>"/proc/self/fd/$to" {FROM_STAGE}<&"$from" {to}>&- {from}<&-
    # shellcheck disable=SC2153  # coproc sets it
    disown "$STAGE_PID"
    await_answer || return
    took=${SAID##*$'\x1f'}
    # Deadlines follow the machine: one that takes long to make a network takes long for everything.
    DEADLINE=${UDPLAB_DEADLINE:-$((took < 50 ? 5 : took < 200 ? took / 10 : 20))}
}

# stage COMMAND WORD...: says this to the stage. Sets ANSWER to yes or no, and SAID to what is said with it; fails when
# the answer is not yes. Where there is no answer, the test could not be checked.
stage() {
    local IFS=$'\x1f'
    leave_if_asked
    local words="$*"
    printf '%s\n' "${words//$'\n'/$'\x1e'}" >&"$TO_STAGE"
    await_answer
}

await_answer() {
    local name number text
    while IFS= read -r -u "$FROM_STAGE" SAID; do
        ANSWER=${SAID%%$'\x1f'*}
        SAID=${SAID:${#ANSWER} + 1}
        case $ANSWER in
        yes) return 0 ;;
        no) return 1 ;;
        error) break ;;
        esac
        name=${SAID%%$'\x1f'*}
        number=${SAID:${#name} + 1}
        text=${number#*$'\x1f'}
        take_note "$ANSWER" "$name" "${number%%$'\x1f'*}" "$text"
    done
    leave_if_asked
    [[ $ANSWER == error ]] || SAID=$(<"$SCENE/stage.err") ANSWER=error
    fail "could not be checked" "the scene can be played" "${SAID//$'\x1e'/$'\n'}"
    return 1
}

# shellcheck disable=SC2034  # those who fail read both
take_note() {
    case $1 in
    output) LINE_COUNT[$2]=$3 LINE=$4 && narrate "$2" output "$4" ;;
    exit) STATUS[$2]=$3 && narrate "$2" exit "$3" ;;
    esac
}

# Whoever is asked to leave does so between two steps: the stage is left, and with it ends what it has started.
leave_in_order() {
    local taken
    LEAVING=
    taken=$(trap -p HUP INT TERM)
    [[ $taken == *SIGHUP* ]] || trap 'LEAVING=129; leave_stage' HUP
    [[ $taken == *SIGINT* ]] || trap 'LEAVING=130; leave_stage' INT
    [[ $taken == *SIGTERM* ]] || trap 'LEAVING=143; leave_stage' TERM
}

leave_if_asked() {
    [[ -z $LEAVING ]] || exit "$LEAVING"
}

leave_stage() {
    [[ -z ${TO_STAGE-} ]] || exec {TO_STAGE}>&-
    TO_STAGE=
}

scene_end() {
    [[ -n ${TO_STAGE-} ]] || return 0
    ! { printf 'end\n' >&"$TO_STAGE"; } 2>/dev/null || read -r -u "$FROM_STAGE" || true
    leave_stage
    exec {FROM_STAGE}<&-
}

# The ladder of what has happened so far.
ladder() {
    packets_written || true
    "$SCOPE" draw "$@" "$RECORDING"
}

# --- talking ----------------------------------------------------------------------------------------------------

type() {
    narrate "$1" input "$2"
    printf '%s\n' "$2" >&"${IN[$1]}"
}

expect() {
    expect_all "$@"
}

expect_all() {
    if stage expect "$1" "${DEADLINE}000" "${@:2}"; then
        MATCH=$SAID
    else
        fail_waiting "$1" "$1 prints: $2"
    fi
}

# Whether LINE is this text. One * in the text matches anything, and MATCH is what it was.
line_fits() {
    local before=${1%%\**} after=${1#*\*}
    if [[ $1 == *\** && $LINE == "$before"*"$after" ]]; then
        MATCH=${LINE#"$before"}
        MATCH=${MATCH%"$after"}
    else
        [[ $LINE == "$1" ]]
    fi
}

# Reads the next line of a program's output into LINE, without blanks at its end. Fails at the end of the output, at the
# deadline, and soon after a program under test has ENDED, for then nobody is left who could bring the line about.
next_line() {
    LINE='' ENDED=''
    stage line "$1" "${DEADLINE}000" || note_vain "$1"
}

# A wait ended without what it was for, and the answer says why.
note_vain() {
    local why=${SAID%%$'\x1f'*}
    ENDED=${SAID#*$'\x1f'}
    if [[ $why == endless ]]; then
        fail failed "$1 prints what is asked for" "$1 prints without end: $ENDED"
        ENDED=''
    fi
    return 1
}

# The line did not come. When a program under test has ended instead, that is what is told.
fail_waiting() {
    note_vain "$1" || true
    [[ -z $ENDED ]] || drain "$ENDED"
    fail_running "${ENDED:-$1}" "$2"
}

# --- ending -----------------------------------------------------------------------------------------------------

finish() {
    end_input "$1"
    wait_for "$1"
}

end_input() {
    local fd=${IN[$1]}
    exec {fd}>&-
    stage close "$1"
}

wait_for() {
    stage "wait" "$1" "${DEADLINE}000" || { note_vain "$1" || fail_running "$1" "$1 ends"; }
}

# To the end of a program's output, if it has ended.
drain() {
    stage "wait" "$1" "${DEADLINE}000" || note_vain "$1" || true
}

# One that still runs has had its whole deadline before.
drain_if_ended() {
    stage "wait" "$1" $((DEADLINE * 200)) || note_vain "$1" || true
}

interrupt() {
    signal_program INT "$1"
    wait_for "$1"
}

stop() {
    signal_program TERM "$1"
    wait_for "$1"
}

# It is no longer needed, whether it still runs or not.
leave() {
    stage signal "$1" TERM || true
    drain "$1"
}

pause() {
    signal_program STOP "$1"
    await_call "$1" 'stopped by SIGSTOP' "$1 stops where it is"
}

resume() {
    signal_program CONT "$1"
}

signal_program() {
    stage signal "$2" "$1" || { drain "$2" && fail_running "$2" "$2 is running"; }
}

# --- waiting for what stands in a file --------------------------------------------------------------------------

expect_complaint() {
    stage complaint "$1" "${DEADLINE}000" "$2" ||
        { drain_if_ended "$1" && fail_running "$1" "$1 says on standard error: $2"; }
}

# Waits until a line of a program's recorded calls has this in it; * matches anything.
await_call() {
    stage call "$1" "${DEADLINE}000" "$2" || { drain_if_ended "$1" && fail_running "$1" "$3"; }
}
