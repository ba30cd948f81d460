# `sockscope has`: yes, no, or why that cannot be told, asked of a recording with fixed times.
# bats runs each test in a shell of its own, and `run` sets the variables that nobody else does.
# shellcheck disable=SC2016,SC2030,SC2031,SC2154
bats_require_minimum_version 1.5.0

setup_file() {
    load sockscope/helpers
    build_talk
}

setup() {
    load sockscope/helpers
    DIR=$BATS_TEST_TMPDIR/recording
}

# A client that connects, sends an empty datagram and one of five bytes, is refused, and is interrupted while it reads.
refused_client() {
    mkdir "$DIR"
    cat >"$DIR/client.calls" <<'END'
7 1700000000.000000000 socket(AF_INET, SOCK_DGRAM, IPPROTO_IP) = 3<UDP:[5]> <0.000010000>
7 1700000000.000100000 setsockopt(3<UDP:[5]>, SOL_SOCKET, SO_BROADCAST, [1], 4) = 0 <0.000010000>
7 1700000000.000200000 connect(3<UDP:[5]>, {sa_family=AF_INET, sin_port=htons(43211), sin_addr=inet_addr("127.0.0.1")}, 16) = 0 <0.000010000>
7 1700000000.000300000 sendto(3<UDP:[127.0.0.1:40000->127.0.0.1:43211]>, "", 0, 0, NULL, 0) = 0 <0.000010000>
7 1700000000.000400000 write(3<UDP:[127.0.0.1:40000->127.0.0.1:43211]>, "hello", 5) = 5 <0.000010000>
7 1700000000.000500000 recvfrom(3<UDP:[127.0.0.1:40000->127.0.0.1:43211]>, 0x7ff, 100, 0, NULL, NULL) = -1 ECONNREFUSED (Connection refused) <0.000010000>
7 1700000000.000600000 sendto(3<UDP:[127.0.0.1:40000->127.0.0.1:43211]>, "hello", 5, 0, {sa_family=AF_INET, sin_port=htons(9), sin_addr=inet_addr("127.0.0.2")}, 16) = 5 <0.000010000>
7 1700000000.000700000 --- SIGINT {si_signo=SIGINT, si_code=SI_USER, si_pid=1, si_uid=0} ---
7 1700000000.000800000 write(1</dev/pts/0<char 136:0>>, "bye\n", 4) = 4 <0.000010000>
7 1700000000.000900000 rt_sigreturn({mask=[]}) = 0 <0.000010000>
7 1700000000.001000000 +++ exited with 1 +++
END
}

# yes WORD... and no WORD...: fail when `has` says anything else.
yes() {
    "$SCOPE" has "$DIR" "$@" || { echo "not in the recording: $*"; return 1; }
}

no() {
    local status=0
    "$SCOPE" has "$DIR" "$@" || status=$?
    [ "$status" -eq 1 ] || { echo "status $status, not 1: $*"; return 1; }
}

@test "calls: send and recv are every call that sends and receives, write only on a socket" {
    refused_client

    yes call client send times 3
    yes call client send of hello times 2
    yes call client recv times 1
    yes call client write of $'bye\n' times 1
    no call client read
    yes call client accept times 0
    no call client send times 2
}

@test "calls: addresses, payloads, options, results and errors must all fit" {
    refused_client

    yes call client connect to 127.0.0.1:43211 returning 0
    yes call client connect to 127.0.0.1
    no call client connect to 127.0.0.1:4321
    no call client connect to 127.0.0
    yes call client send to nobody times 2
    yes call client send to anybody to 127.0.0.2:9 times 1
    yes call client send of "" returning 0 times 1
    no call client send of hell
    yes call client setsockopt option SO_BROADCAST
    no call client setsockopt option SO_REUSEADDR
    yes call client recv failing ECONNREFUSED returning -1
    no call client recv failing EAGAIN
    no call client recv from anybody
}

@test "calls: before is the next such call of the program, after its first such call or signal" {
    refused_client

    yes call client connect before send
    no call client setsockopt after connect
    yes call client send after connect before recv times 2
    yes call client send after recv times 1
    yes call client write after SIGINT before rt_sigreturn
    no call client send after SIGINT
    no call client send after SIGTERM
}

@test "packets: protocol, addresses, payload, what ICMP says about whom, and whom they reach" {
    needs_private_network
    run_talk udp bind:127.0.0.1:5000 connect:127.0.0.1:43211 send:hello recv

    yes packet talk udp from 127.0.0.1:5000 to 127.0.0.1:43211 of hello times 1
    yes packet talk UDP reaching nobody
    yes packet talk icmp saying "port unreachable" about 127.0.0.1:43211 reaching talk times 1
    no packet talk icmp about 127.0.0.1:5000
    no packet talk udp saying "port unreachable"
    yes packet talk any times 2
    yes packet talk any before send times 0
    yes packet talk any after connect times 2
    no packet talk tcp
}

@test "what cannot be told is neither yes nor no: it ends with 2 and says why" {
    refused_client
    local words expected
    while IFS='|' read -r words expected; do
        eval "run \"\$SCOPE\" has $words"
        [ "$status" -eq 2 ] && [[ $output == *"$expected"* ]] || { echo "has $words: $status, $output"; return 1; }
    done <<'END'
"$DIR" call server send|the recording has no program 'server'
"$DIR" call client send too 127.0.0.1|'too' is not a word for a call
"$DIR" call client send saying hello|'saying' is not a word for a call
"$DIR" packet client udp returning 0|'returning' is not a word for a packet
"$DIR" call client send to|each word needs a value after it
"$DIR" call client send times 1x|'1x' is not a number of times
"$DIR" call client sendto to nobody|ask for send, which includes sendto
"$DIR" calls client send|'calls' is neither call nor packet
"$DIR/none" call client send|cannot open recording
"$DIR" call client|usage: sockscope has
END
}
