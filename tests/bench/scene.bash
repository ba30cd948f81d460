# shellcheck shell=bash
# The verbs that tests, the demo and the documentation share: a private network, programs in it, what they are told
# and what they say. Every wait is for an event and ends at the kit's own deadline.
#
#   scene_begin DIR ... scene_end             a fresh network and recording; nothing of them is left running
#   host bob 10.0.0.2                         a host on the scene's private LAN (network.bash)
#   start client PROGRAM 127.0.0.1            start a program; `on bob start ...` starts it on that host
#   start_server server PROGRAM               start it, and wait until its socket is bound
#   type client "g1"                          give it a line of input
#   expect client "Hi, g1"                    wait until it prints this line; one * matches anything, MATCH is what it was
#   expect_all client "Hi, a" "Hi, b"         wait until it has printed each of these, in whatever order
#   expect_complaint client "connect failed"  wait until it says this on standard error, and goes on
#   finish client                             end its input and wait until it exits
#   end_input client                          end its input, and do not wait
#   wait_for server                           wait until it exits by itself
#   interrupt server                          press Ctrl-C and wait until it exits
#   stop server                               end it from outside
#   pause server, resume server               stop it where it is, and let it go on
#
# A verb that sees something else calls `fail OUTCOME EXPECTED SAW`, which its user defines, and returns 1. What happens
# is told to `narrate NAME KIND TEXT`, for those who show it.

TOP=$(cd "${BASH_SOURCE[0]%/*}/../.." && pwd)
SCOPE=$TOP/build/sockscope
HERE=here # the scene's first network, where programs start unless `on HOST` says otherwise
MAX_LINES=1000

narrate() { :; }

# shellcheck source=tests/bench/network.bash
source "$TOP/tests/bench/network.bash"
# shellcheck source=tests/bench/launch.bash
source "$TOP/tests/bench/launch.bash"

scene_begin() {
    leave_in_order
    SCENE=$1
    RECORDING=$SCENE/recording
    mkdir -p "$RECORDING"
    mkfifo "$SCENE/silence"
    exec {SILENCE}<>"$SCENE/silence" # where nothing ever comes from: to wait without a process
    local begun=${EPOCHREALTIME/[.,]/} seconds
    network_begin
    # Deadlines follow the machine: one that takes long to make a network takes long for everything.
    seconds=$(((${EPOCHREALTIME/[.,]/} - begun) / 5000))
    DEADLINE=${UDPLAB_DEADLINE:-$((seconds > 5 ? seconds : 5))}
}

# Whoever is asked to leave does so between two steps. In the midst of one, a child may have been started that nobody has
# noted yet, or one has ended and its end is being noted: it would be left behind, or waited for without end.
leave_in_order() {
    local signal
    LEAVING=
    for signal in HUP INT TERM; do
        # shellcheck disable=SC2064  # the number is known now
        [[ -n $(trap -p "$signal") ]] || trap "LEAVING=$((128 + $(kill -l "$signal")))" "$signal"
    done
}

leave_if_asked() {
    [[ -z $LEAVING ]] || exit "$LEAVING"
}

scene_end() {
    local name
    for name in "${!PID[@]}"; do
        [[ -n ${STATUS[$name]} ]] || kill_program "$name"
    done
    network_end
    exec {SILENCE}>&-
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
    while next_line "$1"; do
        ! line_fits "$2" || return 0
    done
    fail_waiting "$1" "$1 prints: $2"
}

expect_all() {
    local name=$1 missing=("${@:2}") i
    while [[ ${#missing[@]} -gt 0 ]]; do
        next_line "$name" || { fail_waiting "$name" "$name prints: ${missing[0]}"; return 1; }
        for i in "${!missing[@]}"; do
            ! line_fits "${missing[i]}" || { missing=("${missing[@]:0:i}" "${missing[@]:i+1}"); break; }
        done
    done
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

# The line did not come. When a program under test has ended instead, that is what is told.
fail_waiting() {
    local name=$1
    if [[ -n $ENDED ]]; then
        name=$ENDED
        while next_line "$name"; do :; done
    fi
    fail_running "$name" "$2"
}

# Reads the next line of a program's output into LINE, without blanks at its end. Fails at the end of the output, at the
# deadline, and soon after a program under test has ENDED, for then nobody is left who could bring the line about.
# (A `read` whose time is over while a line comes can lose the newline, so the wait is for the line's beginning.)
next_line() {
    local name=$1 got=0 begun=${EPOCHREALTIME/[.,]/} patience=$((DEADLINE * 1000000))
    LINE='' ENDED=''
    until read -r -t 0 -u "${OUT[$name]}"; do
        leave_if_asked
        end_what_outlived "$name"
        if [[ -z $ENDED ]] && other_answer_ended "$name"; then
            begun=${EPOCHREALTIME/[.,]/} patience=$((DEADLINE * 100000))
        fi
        ! is_over "$name" "$begun" "$patience" || return 1
        read -r -t 0.005 -u "$SILENCE" || true
    done
    IFS= read -r -t "$DEADLINE" -u "${OUT[$name]}" LINE || got=$?
    ((got <= 128)) || return 1
    if ((++LINE_COUNT[$name] > MAX_LINES)); then
        kill_program "$name"
        fail failed "$name prints what is asked for" "$name prints without end: $LINE"
        return 1
    fi
    if ((got != 0)) && [[ -z $LINE ]]; then
        reap "$name"
        return 1
    fi
    LINE=${LINE%"${LINE##*[![:space:]]}"}
    printf '%s\n' "$LINE" >>"$SCENE/$name.printed"
    narrate "$name" output "$LINE"
}

# NAME BEGUN PATIENCE, in microseconds: whether a wait for a program that began then is over. Before the program itself has
# begun, it is the machine that is late; and that can be waited for as well.
is_over() {
    local now=${EPOCHREALTIME/[.,]/}
    ((now >= $2 + $3)) || return 1
    ((now >= $2 + $3 * 5)) || { begin_of "$1" && ((now >= BEGIN + $3)); }
}

# A program that made too many calls to be recorded has lost its recorder, and would go on without it.
end_what_outlived() {
    kill -0 "${PID[$1]}" 2>/dev/null || kill -KILL -- "-${PID[$1]}" 2>/dev/null || true
}

other_answer_ended() {
    local name
    for name in "${!PID[@]}"; do
        if [[ $name != "$1" && -z ${STATUS[$name]} ]] && is_answer "${PROGRAM[$name]##*/}" &&
            ! kill -0 "${PID[$name]}" 2>/dev/null; then
            ENDED=$name
            return 0
        fi
    done
    return 1
}

# --- ending -----------------------------------------------------------------------------------------------------

finish() {
    end_input "$1"
    wait_for "$1"
}

end_input() {
    local fd=${IN[$1]}
    exec {fd}>&-
}

wait_for() {
    local name=$1
    while next_line "$name"; do :; done
    [[ -n ${STATUS[$name]} ]] || fail_running "$name" "$name ends"
}

interrupt() {
    signal_program INT "$1"
    wait_for "$1"
}

stop() {
    signal_program TERM "$1"
    wait_for "$1"
}

pause() {
    signal_program STOP "$1"
    await_call "$1" 'stopped by SIGSTOP' "$1 stops where it is"
}

resume() {
    signal_program CONT "$1"
}

reap() {
    local status=0
    wait "${PID[$1]}" 2>/dev/null || status=$?
    STATUS[$1]=$status
    narrate "$1" exit "$status"
}

kill_program() {
    kill -KILL -- "-${PID[$1]}" 2>/dev/null || kill -KILL "${PID[$1]}" 2>/dev/null || true
    reap "$1" 2>/dev/null
}

# Between the shell and the program stand the tools that limit, place and record it: go down to the program itself.
signal_program() {
    local pid=${PID[$2]} children
    while [[ $(cat "/proc/$pid/comm") == @(bash|timeout|nsenter|strace|sockscope) ]]; do
        read -r -a children <"/proc/$pid/task/$pid/children" || true
        pid=${children[0]-0}
    done 2>/dev/null
    if ((pid == 0)) || ! kill "-$1" "$pid" 2>/dev/null; then
        while next_line "$2"; do :; done
        fail_running "$2" "$2 is running"
    fi
}

# --- waiting for what stands in a file --------------------------------------------------------------------------

expect_complaint() {
    local literally
    printf -v literally %q "$2"
    await_line "$SCENE/$1.err" "$1" "$1 says on standard error: $2" "$literally"
}

# Waits until a line of a program's recorded calls has this in it; * matches anything.
await_call() {
    await_line "$RECORDING/$1.calls" "$1" "$3" "$2"
}

# FILE NAME EXPECTED PATTERN: the file grows while the program of that name is running.
await_line() {
    local name=$2 fd line='' part ended='' begun=${EPOCHREALTIME/[.,]/}
    exec {fd}<"$1"
    until [[ -n $ended ]]; do
        leave_if_asked
        kill -0 "${PID[$name]}" 2>/dev/null && ! is_over "$name" "$begun" $((DEADLINE * 1000000)) || ended=yes
        while IFS= read -r -u "$fd" part; do
            # shellcheck disable=SC2053  # a pattern
            if [[ $line$part == *$4* ]]; then
                exec {fd}<&-
                return
            fi
            line=''
        done
        line+=$part # its end has not been written yet
        read -r -t 0.005 -u "$SILENCE" || true
    done
    exec {fd}<&-
    while next_line "$name"; do :; done # to the end of its output, if it has ended
    fail_running "$name" "$3"
}
