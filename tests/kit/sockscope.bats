# sockscope: what it records is what happened.
# bats runs each test in a shell of its own, and `run` sets the variables that nobody else does.
# shellcheck disable=SC2016,SC2030,SC2031,SC2154
bats_require_minimum_version 1.5.0

setup_file() {
    load sockscope/helpers
    build_talk
}

setup() {
    load sockscope/helpers
}

@test "calls: standard input, standard output and exit status are the program's" {
    run --separate-stderr "$SCOPE" calls "$BATS_TEST_TMPDIR/r" cat -- cat - /missing <<<"hello" 3>&-

    [ "$status" -eq 1 ]
    [ "$output" = hello ]
    [[ $stderr == *missing* ]]
}

@test "calls: the time zone is the program's own, though strace has another one" {
    local own
    for own in TZ=Asia/Tokyo TZ= --unset=TZ; do
        run -0 env "$own" "$SCOPE" calls "$BATS_TEST_TMPDIR/r" env -- env 3>&-
        diff <(grep ^TZ= <<<"$output") <(grep ^TZ= <<<"$own")
    done
}

@test "calls: a socket's addresses are those after the call, also after a second connect and a dissolving one" {
    DIR=$BATS_TEST_TMPDIR/r
    "$SCOPE" calls "$DIR" talk -- "$TALK" udp connect:127.0.0.1:9 send:a connect:127.0.0.1:11 send:b dissolve 3>&-

    holds '[.[] | select(.name == "connect") | .socket.peer] == ["127.0.0.1:9", "127.0.0.1:11", null]'
    holds '[.[] | select(.name == "connect") | .to] == ["127.0.0.1:9", "127.0.0.1:11", "AF_UNSPEC"]'
    holds '[.[] | select(.name == "connect") | .socket.local][0:2] | unique | length == 1 and (.[0] | test("^127.0.0.1:[1-9]"))'
}

@test "calls: text and bytes of a payload survive, Chinese and binary" {
    DIR=$BATS_TEST_TMPDIR/r
    "$SCOPE" calls "$DIR" talk -- "$TALK" udp connect:127.0.0.1:9 send:'十面 "x'\\ send:$'\xff\x01' 3>&-

    holds '[.[] | select(.name == "sendto") | .payload][0] == "十面 \"x\\"'
    holds '[.[] | select(.name == "sendto") | .payload_hex] == [null, "ff01"]'
}

@test "calls: every event of the stream has the schema's fields" {
    DIR=$BATS_TEST_TMPDIR/r
    run "$SCOPE" calls "$DIR" talk -- "$TALK" udp deadline:50 connect:127.0.0.1:9 send:a recv say:x exit:7 3>&-

    holds '.[0] | .kind == "recording" and .schema == "udplab-events/1" and .lanes == ["talk"] and .lost == 0'
    holds '[.[] | select(.kind == "call") | has("name", "action", "fd", "socket", "to", "from", "bytes", "payload", "flags", "result", "errno", "seconds", "finished", "t", "lane", "pid")] | all'
    holds '[.[] | select(.errno == "ECONNREFUSED" or .errno == "EAGAIN") | .result] == [-1]'
    holds '[.[] | select(.option == "SO_RCVTIMEO")] | length == 1'
    holds '.[-1] | .kind == "exit" and .status == 7 and .signal == null'
    holds '[.[1:][] | .t] == ([.[1:][] | .t] | sort) and .[1].t == 0'
}

@test "calls: threads share a socket, a child inherits it, and only processes exit" {
    needs_private_network
    run_talk udp connect:127.0.0.1:9 thread child:from-child wait join

    holds '[.[] | select(.payload == "from-child" and .kind == "call") | .socket.peer] == ["127.0.0.1:9"]'
    holds '[.[] | select(.name == "recvfrom") | .socket.peer] | unique == ["127.0.0.1:9"]'
    holds '[.[] | select(.kind == "call" and .name != "write") | .pid] | unique | length == 3'
    holds '[.[] | select(.kind == "exit")] | length == 2'
}

@test "calls: a program that is killed leaves its signal and its unfinished call" {
    DIR=$BATS_TEST_TMPDIR/r
    "$SCOPE" calls "$DIR" talk -- "$TALK" udp bind:127.0.0.1:0 recv 3>&- &
    until grep -q 'recvfrom' "$DIR/talk.calls" 2>/dev/null; do :; done
    kill -KILL "$(sed -n '2s/ .*//p' "$DIR/talk.calls")"
    wait $! || true

    holds '[.[] | select(.name == "recvfrom") | .finished, .result] == [false, null]'
    holds '.[-1] | .kind == "exit" and .signal == "SIGKILL" and .status == null'
}

@test "calls: a program that cannot be started is named" {
    run -127 "$SCOPE" calls "$BATS_TEST_TMPDIR/r" x -- ./no-such-program
    [ "$output" = "sockscope: cannot start './no-such-program': No such file or directory" ]

    run "$SCOPE" calls "$BATS_TEST_TMPDIR/r" x -- /etc/passwd
    [ "$status" -eq 126 ]
    [[ $output == *"'/etc/passwd': Permission denied"* ]]
}

@test "calls: a lane's name cannot leave the folder" {
    run "$SCOPE" calls "$BATS_TEST_TMPDIR/r" ../evil -- true
    [ "$status" -eq 2 ]
    [[ $output == *"'../evil' cannot be the name of a lane"* ]]
}

@test "run: a refused datagram is one UDP packet to nobody and one ICMP about it" {
    needs_private_network
    run_talk udp connect:127.0.0.1:43211 send:g1 recv

    holds '[.[] | select(.proto == "UDP") | .from_lane, .to_lane, .payload, .dst] == ["talk", "nobody", "g1", "127.0.0.1:43211"]'
    holds '[.[] | select(.proto == "ICMP") | .to_lane, .name, .about.payload, .about.dst] == ["talk", "port unreachable", "g1", "127.0.0.1:43211"]'
    holds '[.[] | select(.name == "recvfrom") | .errno] == ["ECONNREFUSED"]'
    holds '([.[] | select(.proto == "ICMP")][0] | .t) < ([.[] | select(.name == "recvfrom")][0] | .t)'
}

@test "run: connect puts nothing on the wire" {
    needs_private_network
    run_talk udp connect:127.0.0.1:43211

    holds '[.[] | select(.kind == "packet")] == []'
}

@test "run: the exit status is the program's, a signal's counts from 128" {
    needs_private_network
    run run_talk exit:42
    [ "$status" -eq 42 ]
    run run_talk kill:9
    [ "$status" -eq 137 ]
}

@test "run: a program that closes its standard input, and one that never makes a call" {
    needs_private_network
    run --separate-stderr "$SCOPE" run -- "$TALK" closein say:still-here </dev/null 3>&-
    [ "$status" -eq 0 ]
    [ "$output" = still-here ]

    run --separate-stderr "$SCOPE" run -- true 3>&-
    [ "$status" -eq 0 ]
    [[ $stderr == *"no call on a socket, and no packet"* ]]
}

@test "run: IPv6 as well" {
    needs_private_network
    DIR=$BATS_TEST_TMPDIR/r
    "$SCOPE" run --no-draw --name bash -o "$DIR" -- bash -c 'exec 9<>/dev/udp/::1/43211; echo hi >&9; echo hi >&9; :' \
        3>&- || true

    holds '[.[] | select(.proto == "UDP") | .from_lane, .to_lane, .dst][0:3] == ["bash", "nobody", "[::1]:43211"]'
    holds '[.[] | select(.proto == "ICMPv6") | .to_lane, .name][0:2] == ["bash", "port unreachable"]'
}

@test "several programs: each packet knows who sent it and who got it" {
    needs_private_network
    in_private <<'END'
    capture
    "$SCOPE" calls "$DIR" server -- "$TALK" udp bind:0.0.0.0:43211 reply:one reply:two & server=$!
    bound server
    "$SCOPE" calls "$DIR" alice -- "$TALK" udp connect:127.0.0.1:43211 send:g1 recv
    "$SCOPE" calls "$DIR" bob -- "$TALK" udp to:127.0.0.1:43211:g2 recv
    wait $server
    end_capture
END
    holds '[.[] | select(.kind == "packet") | "\(.from_lane) \(.to_lane) \(.payload)"] == ["alice server g1", "server alice one", "bob server g2", "server bob two"]'
    holds '[.[] | select(.lane == "bob" and .name == "sendto") | .socket.local] | .[0] | test("^0.0.0.0:[1-9]")'
    holds '.[0].lanes == ["server", "alice", "bob"]'
}

@test "a live server that is connected to another client: the datagram goes to nobody" {
    needs_private_network
    in_private <<'END'
    capture
    "$SCOPE" calls "$DIR" server -- "$TALK" udp bind:127.0.0.1:43211 connect:127.0.0.1:9 recv & server=$!
    until grep -q recvfrom "$DIR/server.calls" 2>/dev/null; do :; done
    "$SCOPE" calls "$DIR" client -- "$TALK" udp connect:127.0.0.1:43211 send:g1 recv
    kill "$(sed -n '2s/ .*//p' "$DIR/server.calls")"
    wait $server || true
    end_capture
END
    holds '[.[] | select(.proto == "UDP") | .to_lane] == ["nobody"]'
    run "$SCOPE" draw "$DIR"
    [[ $output == *"server hears only 127.0.0.1:9"* ]]
}

@test "several hosts: a broadcast is one packet with several receivers" {
    needs_private_network
    DIR=$BATS_TEST_TMPDIR/recording
    export DIR
    timeout 60 unshare -Urnmpf --kill-child --mount-proc bash -eu 3>&- <<'END'
    mount -t tmpfs none /run
    ip link add lan type bridge && ip link set lan up
    for n in 1 2 3; do
        ip netns add h$n && ip link add v$n type veth peer name eth0 netns h$n && ip link set v$n master lan up
        ip -n h$n link set lo up && ip -n h$n addr add 10.0.0.$n/24 brd + dev eth0 && ip -n h$n link set eth0 up
        mkfifo /run/hold.$n && exec {hold}<>/run/hold.$n
        ip netns exec h$n "$SCOPE" capture "$DIR" host$n >/run/says.$n </run/hold.$n & captures[n]=$!
    done
    for n in 1 2 3; do until grep -q ready /run/says.$n; do :; done; done
    for n in 2 3; do
        ip netns exec h$n "$SCOPE" calls "$DIR" server$n -- "$TALK" udp bind:0.0.0.0:43211 reply:hi & servers[n]=$!
        until grep -q 'bind(.* = 0' "$DIR/server$n.calls" 2>/dev/null; do :; done
    done
    ip netns exec h1 "$SCOPE" calls "$DIR" asker -- bash -c 'exec 9<>/dev/udp/10.0.0.2/43211; printf hello >&9; read -t 60 -N 2 -u 9' || true
    wait "${servers[2]}"
    ip netns exec h1 python3 -c '
import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
s.sendto(b"all", ("10.0.0.255", 43211))'
    wait "${servers[3]}"
    for n in 1 2 3; do kill "${captures[n]}" && wait "${captures[n]}"; done
END
    holds '[.[] | select(.payload == "hello" and .kind == "packet") | .from_lane, .to_lane, .from_host, .to_host] == ["asker", "server2", "host1", "host2"]'
    holds '[.[] | select(.payload == "all" and .kind == "packet")] | length == 1 and .[0].to_lanes == ["server3"]'
    holds '[.[] | select(.lane == "asker" and .name == "connect" and .socket.type == "UDP") | .socket.local] | .[0] | test("^10.0.0.1:[1-9]")'
    holds '.[0].hosts | map(.name) == ["host1", "host2", "host3"]'
}

@test "TCP's connect is three packets before it returns, UDP's is none" {
    needs_private_network
    in_private <<'END'
    capture
    "$SCOPE" calls "$DIR" server -- "$TALK" tcp bind:127.0.0.1:43211 listen accept recv & server=$!
    until grep -q 'listen(.* = 0' "$DIR/server.calls" 2>/dev/null; do :; done
    "$SCOPE" calls "$DIR" tcp -- "$TALK" tcp connect:127.0.0.1:43211
    "$SCOPE" calls "$DIR" udp -- "$TALK" udp connect:127.0.0.1:43211
    wait $server
    end_capture
END
    holds '[.[] | select(.kind == "packet") | "\(.from_lane) \(.to_lane) \(.flags)"][0:3] == ["tcp server SYN", "server tcp SYN,ACK", "tcp server ACK"]'
    holds '[.[] | select(.kind == "packet" and (.from_lane == "udp" or .to_lane == "udp"))] == []'
}

@test "capture: floods are captured whole, or the loss is counted" {
    needs_private_network
    in_private <<'END'
    capture --buffer 64
    "$TALK" udp flood:20000:127.0.0.1:43211
    end_capture
END
    holds '([.[] | select(.proto == "UDP")] | length) + .[0].lost >= 20000 and .[0].lost == 0'
}

@test "capture: ends with its standard input, and tells ready and done" {
    needs_private_network
    run unshare -Urn bash -c 'ip link set lo up && : | timeout 60 "$SCOPE" capture "$0" net' "$BATS_TEST_TMPDIR/r" 3>&-
    [ "$status" -eq 0 ]
    [ "$output" = $'ready\ndone' ]
}

@test "capture: a folder that cannot be written to is named" {
    needs_private_network
    run unshare -Urn "$SCOPE" capture /proc/no net 3>&-
    [ "$status" -eq 1 ]
    [[ $output == *"'/proc/no'"* ]]
}

@test "capture: what it writes is a sound pcapng file to Wireshark" {
    needs_private_network
    command -v tshark >/dev/null || skip "tshark is not installed"
    run_talk udp connect:127.0.0.1:43211 send:g1 recv

    run --separate-stderr tshark -r "$DIR/talk.pcapng" -T fields -e frame.protocols -e udp.dstport
    [ "$status" -eq 0 ]
    [[ ${lines[0]} == *udp*43211* && ${lines[1]} == *icmp* && ${#lines[@]} -eq 2 ]]
}

@test "run: where private networks are not permitted it says so, and continues without packets" {
    unshare -Ur true 2>/dev/null || skip "this system does not permit user namespaces"
    run --separate-stderr unshare -Ur bash -c 'echo 0 >/proc/sys/user/max_user_namespaces
        "$SCOPE" run -- "$TALK" udp connect:127.0.0.1:43211 exit:3' 3>&-

    [ "$status" -eq 3 ]
    [[ $stderr == *"a private network is not allowed here"*"max_user_namespaces"* ]]
    [[ $stderr == *"continuing without packets"*"connect 127.0.0.1:43211 = 0"* ]]
    [[ $stderr != *"nothing on the wire"* ]]
}

@test "run: a terminal stays the program's, and what ends sockscope ends the program" {
    needs_private_network
    run script -qec "'$SCOPE' run --no-draw -o '$BATS_TEST_TMPDIR/t' -- bash -c 'test -t 0 && read -r line && echo got:\$line'" /dev/null <<<"hello" 3>&-
    [[ $output == *got:hello* ]]

    DIR=$BATS_TEST_TMPDIR/r
    "$SCOPE" run --no-draw --name talk -o "$DIR" -- "$TALK" udp bind:127.0.0.1:0 recv 3>&- &
    until grep -q recvfrom "$DIR/talk.calls" 2>/dev/null; do :; done
    kill -TERM $!
    status=0
    wait $! || status=$?
    [ "$status" -eq 143 ]
    holds '.[-1].signal == "SIGTERM"'
}

@test "run: ends with its program, and says what it ends in the background; --wait waits for that" {
    needs_private_network
    run --separate-stderr timeout 60 "$SCOPE" run -- sh -c 'sleep 1000 & echo up' 3>&-
    [[ $status -eq 0 && $output == up && $stderr == *"sh has ended"*"sleep ("*"--wait"* ]]
    [[ $stderr == *"killed by SIGTERM"* ]]

    run --separate-stderr timeout 60 "$SCOPE" run --wait -- sh -c '(sleep 0.8; echo late) & echo up' 3>&-
    [[ $output == $'up\nlate' ]]
    [[ $stderr != *"has ended"* ]]
}

@test "run: the second signal ends a program that ignores the first" {
    needs_private_network
    DIR=$BATS_TEST_TMPDIR/r
    mkfifo "$BATS_TEST_TMPDIR/ready"
    "$SCOPE" run --no-draw --name deaf -o "$DIR" -- bash -c 'trap "echo again" TERM; echo ready; while :; do sleep 0.1; done' \
        >"$BATS_TEST_TMPDIR/ready" 3>&- &
    exec 8<"$BATS_TEST_TMPDIR/ready"
    read -r word <&8 && [ "$word" = ready ]
    kill -TERM $!
    read -r word <&8 && [ "$word" = again ]
    kill -TERM $!
    status=0
    wait $! || status=$?
    [ "$status" -eq 137 ]
}

@test "run: odd names, a script without #!, a reader that is gone: it runs, and no folder stays" {
    needs_private_network
    mkdir "$BATS_TEST_TMPDIR/temporary"
    export TMPDIR=$BATS_TEST_TMPDIR/temporary
    for name in .hidden "$(printf 'n%.0s' {1..220})" $'two\nlines'; do
        printf 'echo "from $1"\nexit 7\n' >"$BATS_TEST_TMPDIR/$name"
        chmod +x "$BATS_TEST_TMPDIR/$name"
        run --separate-stderr "$SCOPE" run -- "$BATS_TEST_TMPDIR/$name" here 3>&-
        [[ $status -eq 7 && $output == "from here" && $stderr == *"exit 7"* ]] ||
            { echo "$name: $status $output $stderr" && return 1; }
    done
    run "$SCOPE" run --name a/b -- true 3>&-
    [[ $status -eq 2 && $output == *"cannot be the name of a lane"* ]]
    { "$SCOPE" run -- "$TALK" udp connect:127.0.0.1:43211 3>&- || true; } 2>&1 | true
    [ -z "$(ls -A "$TMPDIR")" ]
}

@test "run: an ordinary user may ping, as the group range of the private network says" {
    needs_private_network
    run "$SCOPE" run --no-draw -o "$BATS_TEST_TMPDIR/r" -- cat /proc/sys/net/ipv4/ping_group_range 3>&-
    [[ $output =~ ^$(id -g)[[:space:]]+$(id -g)$ ]]
}

@test "run: leaves no process and no file behind" {
    needs_private_network
    mkdir "$BATS_TEST_TMPDIR/temporary"
    TMPDIR=$BATS_TEST_TMPDIR/temporary run --separate-stderr "$SCOPE" run -- "$TALK" say:"$BATS_TEST_TMPDIR" 3>&-
    [ "$status" -eq 0 ]
    [ -z "$(ls "$BATS_TEST_TMPDIR/temporary")" ]
    for _ in {1..200}; do # the kernel closes the capture's socket some milliseconds after the end
        pgrep -f "say:$BATS_TEST_TMPDIR" >/dev/null || return 0
    done
    pgrep -fa "say:$BATS_TEST_TMPDIR"
    return 1
}
