# Every program of the labs, complete and built with sanitizers: wrong usage, bad input, long lines, broken streams.
# Each gets a clear error or the documented result; none crashes (a sanitizer's report ends a program with 99) or hangs.
#
# No program is named here. What one takes is read from its usage; one that reads standard input asks, others answer.
# shellcheck disable=SC2030,SC2031,SC2153,SC2154  # each test sets its own deadline; programs.bash sets the rest
bats_require_minimum_version 1.5.0

load copies
load programs

setup_file() {
    copy_tree "$BATS_FILE_TMPDIR/kit"
    cd "$BATS_FILE_TMPDIR/kit" || return
    local sources=(solutions/*/*.c)
    make -s build/sockscope 3>&-
    make -s BUILD=build/checked CFLAGS="-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all" \
        build/checked/peer "${sources[@]%.c}" 3>&-
}

setup() {
    # Leaks are Valgrind's part, in the checks; to look for them is not possible under strace.
    export ASAN_OPTIONS=exitcode=99:detect_leaks=0 UBSAN_OPTIONS=print_stacktrace=1:exitcode=99 LC_ALL=C
    export KIT=$BATS_FILE_TMPDIR/kit
    SOURCES=("$KIT"/solutions/*/*.c)
    cd "$BATS_TEST_TMPDIR" || return
    : >empty
}

# --- usage -------------------------------------------------------------------------------------------------------

@test "every program has a usage, and tells it on standard error when called wrongly" {
    local source required most
    for source in "${SOURCES[@]}"; do
        learn "$source"
        give_arguments
        required=$(grep -o '<' <<<"$USAGE" | wc -l)
        most=$(wc -w <<<"$USAGE")
        if ((required > 0)); then
            ends 2 "usage: $PROGRAM $USAGE" '' "$PROGRAM"
            [ -z "$output" ]
        fi
        if [[ $USAGE != *... ]]; then
            # shellcheck disable=SC2046
            ends 2 "usage: $PROGRAM${USAGE:+ $USAGE}" '' "$PROGRAM" $(printf '127.0.0.1 %.0s' $(seq 0 "$most"))
            [ -z "$output" ]
        fi
    done
    [ "${#SOURCES[@]}" -ge "$(labs | wc -l)" ]
}

@test "an address that is none is named, and nothing is done" {
    local source address
    for source in "${SOURCES[@]}"; do
        learn "$source"
        [[ -n $USAGE && $USAGE != *name* ]] || continue
        for address in 999.1.1.1 256.0.0.1 localhost "" "127.0.0.1 " 127.1 10.0.0.2/24 ::1 \
            127.0.0.1:43211 0x7f.0.0.1; do
            echo g1 >input
            ends 2 "'$address' is not an IPv4 address (four numbers from 0 to 255, such as 127.0.0.1)" \
                '<input' "$PROGRAM" "$address"
            [ -z "$output" ]
            [[ $USAGE != *... ]] ||
                ends 2 "'$address' is not an IPv4 address (four numbers from 0 to 255, such as 127.0.0.1)" \
                    '<input' "$PROGRAM" 127.0.0.1 "$address"
            [ -z "$output" ]
        done
    done
}

@test "a deadline that is none is named" {
    local source waiting=0
    echo g1 >input
    for source in "${SOURCES[@]}"; do
        grep -q 'set_receive_deadline' "$source" || continue
        learn "$source"
        give_arguments
        UDPLAB_TIMEOUT_MS=soon ends 2 "UDPLAB_TIMEOUT_MS is 'soon', not a number of milliseconds from 1 to 3600000" \
            '<input' "$PROGRAM" "${ARGUMENTS[@]}"
        waiting=$((waiting + 1))
    done
    [ "$waiting" -ge 2 ]
}

# --- input -------------------------------------------------------------------------------------------------------

@test "a line of up to 4095 bytes is one datagram, a longer one several, and nothing of it is lost" {
    local source size pieces
    for source in "${SOURCES[@]}"; do
        learn "$source"
        asks_with_lines && ! asks_everybody || continue
        give_arguments
        export UDPLAB_TIMEOUT_MS=20000
        ! waits_to_the_end || UDPLAB_TIMEOUT_MS=1000
        while read -r size pieces; do
            head -c "$size" /dev/urandom | base64 -w 0 | head -c "$size" >line
            { cat line && echo; } >input
            ask
            [ "$SENT" = "$pieces " ] || { echo "$PROGRAM, $size bytes: sent $SENT" && return 1; }
            cmp line sent
            [ "$(grep -o 'Hi, .*' asker.out | sed 's/Hi, //' | tr -d '\n' | cmp - line)" = "" ]
        done <<'END'
4095 4095
4096 4095 1
10000 4095 4095 1810
END
    done
}

@test "who asks everybody asks with one datagram, and refuses a line that does not fit" {
    local source
    for source in "${SOURCES[@]}"; do
        learn "$source"
        asks && asks_everybody || continue
        give_arguments
        head -c 4096 /dev/zero | tr '\0' x >input
        ends 2 "the line is longer than 4095 bytes" '<input' "$PROGRAM" "${ARGUMENTS[@]}"
        [ -z "$output" ]
        export UDPLAB_TIMEOUT_MS=1000
        head -c 4095 input >line && { cat line && echo; } >input
        ask
        [ "$SENT" = "4095 " ]
        cmp line sent
    done
}

@test "NUL bytes and an empty line are sent as they are" {
    local source
    for source in "${SOURCES[@]}"; do
        learn "$source"
        asks_with_lines || continue
        give_arguments
        export UDPLAB_TIMEOUT_MS=20000
        ! waits_to_the_end || UDPLAB_TIMEOUT_MS=1000
        printf 'a\0b\n\0\n\nrest\n' >input
        ask
        [[ $SENT == "3 1 0 "* ]] || { asks_everybody && [[ $SENT == "3 " ]]; } ||
            { echo "$PROGRAM sent $SENT" && return 1; }
        printf 'a\0b\0rest' | head -c "$(stat -c %s sent)" | cmp - sent
    done
}

@test "closed standard input is an error, and the end of the input is none or has words" {
    local source
    for source in "${SOURCES[@]}"; do
        learn "$source"
        asks || continue
        give_arguments
        ends 1 "standard input failed: Bad file descriptor (9)" '<&-' "$PROGRAM" "${ARGUMENTS[@]}"
        ends 1 "standard input failed: Is a directory (21)" '<.' "$PROGRAM" "${ARGUMENTS[@]}"
        run --separate-stderr timeout -k 1 60 "$PROGRAM" "${ARGUMENTS[@]}" <empty 3>&-
        [[ $status -eq 0 && -z $stderr || $status -eq 1 && ${#stderr_lines[@]} -eq 1 ]]
    done
}

# --- output ------------------------------------------------------------------------------------------------------

# answer_lost REDIRECTION COMMAND...: the command asks, and what it prints gets lost.
answer_lost() {
    local server status=0
    mapfile -t server <server
    serve "${server[@]}"
    echo g1 | bash -c '"$@" '"$1" bash "${@:2}" 2>asker.err || status=$?
    end_by TERM
    return "$status"
}

@test "output that is lost is an error with status 1" {
    local source way error status
    for source in "${SOURCES[@]}"; do
        learn "$source"
        asks_with_lines || continue
        give_arguments
        find_server
        printf '%s\n' "${SERVER[@]}" >server
        export UDPLAB_TIMEOUT_MS=20000
        ! waits_to_the_end || UDPLAB_TIMEOUT_MS=300
        for way in '>/dev/full' '>&-'; do
            [[ $way == '>&-' ]] && error="Bad file descriptor (9)" || error="No space left on device (28)"
            status=0
            on_a_lan answer_lost "$way" "$PROGRAM" "${ARGUMENTS[@]}" || status=$?
            [[ $status -eq 1 && $(tail -n 1 asker.err) == "standard output failed: $error" ]] ||
                { echo "$PROGRAM $way: status $status" && cat asker.err && return 1; }
        done
    done
}

@test "wrong usage has status 2, whatever the output leads to" {
    local source way
    for source in "${SOURCES[@]}"; do
        learn "$source"
        for way in '>/dev/full' '>&-' '>&- 2>&- <&-' '2>/dev/full'; do
            run timeout -k 1 60 bash -c '"$@" '"$way" bash "$PROGRAM" 999.1.1.1 999.1.1.1 3>&-
            [ "$status" -eq 2 ]
        done
    done
}

# --- the network says no -----------------------------------------------------------------------------------------

# alone COMMAND...: nobody listens.
alone() {
    "$@" <input
}

@test "where nobody listens, every asker says so and ends with status 1" {
    local source
    for source in "${SOURCES[@]}"; do
        learn "$source"
        asks_with_lines || continue
        give_arguments
        echo g1 >input
        export UDPLAB_TIMEOUT_MS=100
        run --separate-stderr on_a_lan alone "$PROGRAM" "${ARGUMENTS[@]}"
        [[ $status -eq 1 && ${#stderr_lines[@]} -eq 1 ]] ||
            { echo "$PROGRAM: status $status, $stderr" && return 1; }
    done
}

# serve_twice SERVER...
serve_twice() {
    serve "$@"
    local status=0
    "$@" || status=$?
    end_by TERM
    return "$status"
}

@test "a server whose port is taken says so and ends with status 1" {
    local source
    for source in "${SOURCES[@]}"; do
        learn "$source"
        ! asks || continue
        give_arguments
        run --separate-stderr on_a_lan serve_twice "$PROGRAM" "${ARGUMENTS[@]}"
        [[ $status -eq 1 && $stderr == "bind failed: Address already in use (98)" ]] ||
            { echo "$PROGRAM: status $status, $stderr" && return 1; }
    done
}

# talk SIGNAL REDIRECTION SERVER...: the scripted peer does what the file `script` says; then the signal ends the
# server.
talk() {
    serve bash -c 'exec "$@" '"$2" bash "${@:3}"
    timeout 60 "$KIT/build/checked/peer" <script >peer.out
    end_by "$1"
}

# A script for the peer, and what it will hear: datagrams of all sizes, with a short one at the end.
write_script() {
    local size to=127.0.0.1
    [[ $USAGE != "<group>" ]] || to=${ARGUMENTS[0]}
    : >expected
    {
        for size in 0 1 4095 4096 4097 10000 2; do
            head -c "$size" /dev/zero | tr '\0' x >datagram
            printf 'send %s:43211 ' "$to" && cat datagram && echo
            echo receive
            { printf 'received Hi, ' && head -c 4096 datagram && echo " from"; } >>expected
        done
        printf 'send %s:43211 a\0b\nreceive\n' "$to"
        printf 'received Hi, a\0b from\n' >>expected
    } >script
}

@test "a server answers datagrams of any size, and goes when a signal says so" {
    local source signal
    for source in "${SOURCES[@]}"; do
        learn "$source"
        replies || continue
        give_arguments
        write_script
        for signal in INT TERM; do
            on_a_lan talk "$signal" "" "$PROGRAM" "${ARGUMENTS[@]}"
            grep -a '^received' peer.out | sed 's/ from .*/ from/' | cmp - expected
            [ ! -s server.err ]
            # Ctrl-C is the way to leave: it kills, or is answered by a proper end.
            [[ $signal$(<server.status) == @(INT0|INT130|TERM143) ]] ||
                { echo "$PROGRAM, SIG$signal: status $(<server.status)" && return 1; }
        done
    done
}

@test "a server whose output is lost goes on answering, and says so if it ends by itself" {
    local source way
    for source in "${SOURCES[@]}"; do
        learn "$source"
        replies || continue
        give_arguments
        write_script
        for way in '>/dev/full' '>&-'; do
            on_a_lan talk INT "$way" "$PROGRAM" "${ARGUMENTS[@]}"
            grep -a '^received' peer.out | sed 's/ from .*/ from/' | cmp - expected
            case $(<server.status) in
            130) [ ! -s server.err ] ;;
            1) grep -q '^standard output failed: ' server.err ;;
            *) echo "$PROGRAM $way: status $(<server.status)" && cat server.err && return 1 ;;
            esac
        done
    done
}
