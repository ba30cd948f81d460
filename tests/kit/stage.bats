# sockscope stage: what it answers to its commands, and that nothing outlives it.
bats_require_minimum_version 1.5.0

load copies

setup_file() {
    make --no-print-directory -s -C "$TOP" everything 3>&-
}

setup() {
    cd "$TOP" || return
    CLIENT=$PWD/solutions/02-connected-client/udpconnectclient
    SERVER=$PWD/labs/01-unconnected-client/udpserver
    FOLDER=$BATS_TEST_TMPDIR
}

teardown() {
    [[ -z ${TO_STAGE-} ]] || exec {TO_STAGE}>&-
}

needs_namespaces() {
    unshare -Urnmpf --kill-child --mount-proc true 2>/dev/null || skip "this machine allows no private networks"
}

# open_stage [OPTION...]: GREETING is its first line.
open_stage() {
    coproc STAGE { exec build/sockscope stage "$@" "$FOLDER" 2>"$FOLDER/said" 3>&-; }
    local to=${STAGE[1]} from=${STAGE[0]}
    exec {TO_STAGE}<>"/proc/self/fd/$to" {FROM_STAGE}<&"$from" {to}>&- {from}<&-
    read -r -u "$FROM_STAGE" GREETING
}

# say WORD...: a command. ANSWER is its verdict, NOTES what comes before that; words stand apart by | in both.
say() {
    local IFS=$'\x1f' line
    NOTES=
    printf '%s\n' "$*" >&"$TO_STAGE"
    while read -r -u "$FROM_STAGE" line; do
        ANSWER=${line//$'\x1f'/|}
        [[ ! $ANSWER =~ ^(yes|no|error)(\||$) ]] || return 0
        NOTES+=$ANSWER$'\n'
    done
    ANSWER='it has ended'
}

# says ANSWER WORD...
says() {
    say "${@:2}"
    # shellcheck disable=SC2053  # a pattern
    [[ $ANSWER == $1 ]] || { echo "to '${*:2}' it said: $ANSWER, and not: $1" && return 1; }
}

# All that runs in the scene, or plays it, names its folder.
left() {
    pgrep -a -f -- "$FOLDER"
}

nothing_is_left() {
    local end=$((SECONDS + 60))
    while [[ -n $(left) ]]; do
        ((SECONDS < end)) || { left && return 1; }
    done
}

@test "a program is started, told, heard, asked about and ended" {
    needs_namespaces
    open_stage
    [[ $GREETING == $'yes\x1f1\x1fprivate\x1f'* ]]
    says yes start server here given 20 -- "$SERVER"
    says yes call server 5000 'bind(* = 0'
    says yes start client here answer 20 UDPLAB_TIMEOUT_MS=5000 -- "$CLIENT" 127.0.0.1
    echo g1 >"$FOLDER/client.in"
    says "yes|g1" expect client 5000 'Hi, *'
    [[ $NOTES == $'output|client|1|now sending g1\noutput|client|2|send bytes: 2\noutput|client|3|Hi, g1\n' ]]
    says yes close client
    says yes "wait" client 5000
    [[ $NOTES == $'exit|client|0\n' ]]
    says yes has call client connect to 127.0.0.1:43211 before send
    says no has call client connect times 2
    says yes has packet client udp of g1
    says yes printed client "Hi, g1"
    says no printed client "Hi"
    says yes printed-part client "Hi"
    says no said-anything client
    says no waited client 5000
    says yes signal server INT
    says yes "wait" server 5000
    [[ $NOTES == *$'exit|server|130\n' ]]
    says no signal server INT
    says yes end
    [ ! -s "$FOLDER/said" ]
    build/sockscope draw "$FOLDER/recording" >/dev/null
}

@test "hosts have IPv4 and IPv6 addresses, and one in two networks has two interfaces" {
    needs_namespaces
    open_stage
    says yes host alice 10.0.0.1 fd00::1
    says yes host bob 10.0.0.2/24 fd00::2 10.1.0.2
    says yes start there bob given 20 -- ip -brief address
    says yes "wait" there 5000
    [[ $NOTES =~ eth0@.*10.0.0.2/24\ fd00::2/64 && $NOTES =~ eth1@.*10.1.0.2/24 ]]
    says yes start here alice given 20 -- bash -c 'exec 9<>/dev/udp/10.0.0.2/9 && printf x >&9; read -u 9; exec 9<>/dev/udp/fd00::2/9 && printf x >&9; read -u 9'
    says yes "wait" here 5000
    says yes has packet here icmp saying "port unreachable" from 10.0.0.2
    says yes has packet here icmpv6 saying "port unreachable" from fd00::2
    says "error|there is a host 'alice' already" host alice 10.0.0.9
    says "error|10.0.0.2 belongs to 'bob' already" host carol 10.0.0.2
    says "error|'10.0.0.256' is not an IPv4 address*" host carol 10.0.0.256
    says "error|10.0.0.255/24 is the broadcast address, not that of a host" host carol 10.0.0.255
    says "error|'a/b' is no name for a host*" host a/b 10.0.0.9
}

@test "what is no command is named, and nothing ends" {
    open_stage --shared
    [[ $GREETING == $'yes\x1f1\x1fshared\x1f'* ]]
    says "error|dance: there is no such command" dance
    says "error|an empty line: *" ""
    says "error|line: a wrong number of words" line client
    says "error|client: there is no such program" line client 100
    says "error|nowhere: there is no such host" start client nowhere given 20 -- true
    says "error|usage: start *" start ../client here given 20 -- true
    says "error|usage: start *" start client here somehow 20 -- true
    says "error|usage: start *" start client here given never -- true
    says yes start client here given 20 -- true
    says "error|SILLY: no such signal" signal client SILLY
    says "error|the recording cannot be asked that" has call client what ever
    [[ $(<"$FOLDER/said") == *"each word needs a value after it"* ]]
    says "error|host 'alice' needs a private network*" host alice 10.0.0.1
    says yes end
}

@test "a scene that shares the machine's files makes no boxes" {
    run -2 "$TOP/build/sockscope" stage --shared --box build/box.bpf "$BATS_TEST_TMPDIR" </dev/null
    [[ $output == *"--box and --shared exclude each other"* ]]
}

@test "a newline in an argument is one, and a line of output cannot separate words" {
    open_stage --shared
    says yes start a here given 20 -- printf '%s!\n' $'two\x1elines'
    says yes "wait" a 5000
    [[ $NOTES == $'output|a|1|two\noutput|a|2|lines!\n'* ]]
    says yes start b here given 20 -- printf 'a\x1fb\n'
    says 'yes|a?b' line b 5000
}

@test "a wait ends when its time is over, and soon after a program under test has ended instead" {
    open_stage --shared
    says yes start asleep here given 600 -- sleep 60
    says "no|late|" line asleep 100
    says yes start quick here answer 60 -- true
    local begun=$SECONDS
    says "no|late|quick" line asleep 100000
    ((SECONDS - begun < 90))
}

@test "a program gets its signals as they are by default, also where the caller ignores them" {
    needs_namespaces
    trap '' INT QUIT HUP
    open_stage
    says yes start server here given 20 -- "$SERVER"
    says yes call server 5000 'bind(* = 0'
    says yes signal server INT
    says yes "wait" server 5000
    [[ $NOTES == *$'exit|server|130\n' ]]
}

@test "whoever has lived too long is ended with all that it has started: daemons, those that ignore signals, those that are stopped" {
    open_stage --shared
    says yes start a here answer 1 -- bash -c "trap '' TERM HUP INT; setsid bash -c 'kill -STOP \$\$' $FOLDER & (trap '' TERM; setsid sleep 4321 & ); sleep 4321; sleep 4321"
    says yes "wait" a 30000
    [[ $NOTES == $'exit|a|137\n' ]]
    says yes outlived a
    says no signal a INT
    ! pgrep -f "kill -STOP .* $FOLDER" || false
}

# spends MS: what runs in the scene takes so much processor time from now on.
spends() {
    local end=$((SECONDS + 60)) before
    says 'yes|*' spent
    before=${ANSWER#*|}
    until says 'yes|*' spent && ((${ANSWER#*|} - before >= $1)); do
        ((SECONDS < end)) || return 1
    done
}

@test "the processor time of programs is told while they run, in a box, and when they have ended" {
    needs_namespaces
    open_stage --box build/box.bpf
    says yes start boxed here answer 60 -- /bin/bash -c 'while :; do :; done'
    spends 500
    says yes signal boxed TERM # it has not ended
    exec {TO_STAGE}>&-
    open_stage
    says 'yes|*' spent
    local before=${ANSWER#*|}
    says yes start free here given 60 -- /bin/bash -c 'for ((i = 0; i < 300000; i++)); do :; done'
    says yes wait free 60000
    says no outlived free
    says 'yes|*' spent
    ((${ANSWER#*|} - before >= 100))
}

@test "printing without end, with newlines or without, is ended" {
    open_stage --shared
    says yes start a here answer 60 -- yes y
    says "no|endless|y" "wait" a 60000
    says yes start b here answer 60 -- bash -c 'exec tr "\0" x </dev/zero'
    say "wait" b 60000
    [[ $ANSWER == "no|endless|xxx"* || $NOTES == *$'exit|b|153\n' ]] # 153: its recording has become too long
}

@test "a call is found, also where the recorder tells it in two lines" {
    local recorded=$BATS_TEST_TMPDIR/calls
    open_stage --shared
    says yes start a here answer 600 -- sleep 600
    says yes call a 5000 'execve(*sleep'
    says no call a 10 'bind(* = 0'
    printf '%s\n' '7 9.1 bind(3, {sa_family=AF_INET}, 16 <unfinished ...>' '8 9.2 close(4) = 0' >"$recorded"
    cat "$recorded" >>"$FOLDER/recording/a.calls"
    says no call a 10 'bind(* = 0'
    echo '7 9.3 <... bind resumed>) = 0' >>"$FOLDER/recording/a.calls"
    says yes call a 5000 'bind(* = 0'
}

@test "when standard input ends, when it is killed, or when its guard is, nothing is left" {
    local how options
    for options in "" --shared; do
        [[ -n $options ]] || unshare -Urnmpf --kill-child --mount-proc true 2>/dev/null || continue
        for how in input guard stage; do
            # shellcheck disable=SC2086
            open_stage $options
            says yes start a here answer 600 -- bash -c "setsid sleep 4321 & exec bash -c 'sleep 4321; :' $FOLDER"
            says yes call a 5000 'execve(*sleep'
            [[ -n $(left) ]]
            case $how in
            input) exec {TO_STAGE}>&- ;;
            guard) kill -KILL "$STAGE_PID" ;;
            stage) kill -KILL "$(pgrep -P "$STAGE_PID")" ;;
            esac
            nothing_is_left || { echo "although ended by its $how ($options)" && return 1; }
        done
    done
}

# visit NAME TEXT: a scene of this name, in which a client says this to a server, played only if no other one was like
# it.
visit() {
    FOLDER=$BATS_TEST_TMPDIR/$1
    mkdir "$FOLDER"
    open_stage --share "$BATS_TEST_TMPDIR/played"
    says yes start server here given 20 -- "$SERVER"
    says yes call server 5000 'bind(* = 0'
    says yes start client here answer 20 -- "$CLIENT" 127.0.0.1
    echo "$2" >"$FOLDER/client.in"
    says yes close client
    says yes "wait" client 5000
    [[ $NOTES == *$'exit|client|0\n' ]]
}

@test "when all that plays a scene is killed at once, the program under test is, too" {
    cp "$(command -v sleep)" "$FOLDER/waits"
    open_stage --shared
    says yes start a here answer 600 -- "$FOLDER/waits" 600
    says yes call a 5000 'execve(*waits* = 0'
    kill -KILL "$(pgrep -P "$STAGE_PID")" "$STAGE_PID"
    nothing_is_left
}

@test "scenes that are told the same are played once, and each can be asked, or go on" {
    needs_namespaces
    visit one g1
    says yes has call client send of g1
    says yes end

    visit two g1
    ! pgrep -f "^strace .*$FOLDER" || false
    says yes has call client send of g1
    says yes has packet client udp of g1
    says yes begun client
    says yes printed client "Hi, g1"
    cmp "$FOLDER/recording/client.calls" "$BATS_TEST_TMPDIR/one/recording/client.calls"
    ! grep -q SIGKILL "$FOLDER/recording/server.calls" || false
    says yes end

    visit three g2
    says no has call client send of g1
    says yes has call client send of g2
    says yes end

    visit four g1
    says yes has call client send of g1
    says yes start client2 here answer 20 -- "$CLIENT" 127.0.0.1
    echo g3 >"$FOLDER/client2.in"
    says "yes|g3" expect client2 5000 "Hi, *"
    says yes has packet client2 udp of g1
    ! cmp -s "$FOLDER/recording/client.calls" "$BATS_TEST_TMPDIR/one/recording/client.calls" || false
    says yes end

    visit five g1
    says "yes|g1" expect server 5000 "received 2 bytes: *"
    says yes has call client send of g1
    ! cmp -s "$FOLDER/recording/client.calls" "$BATS_TEST_TMPDIR/one/recording/client.calls" || false
}
