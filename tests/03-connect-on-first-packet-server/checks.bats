# 03-connect-on-first-packet-server: what if the server connects, too?

load ../bench/bench

answers udpconnectserver
SERVER=127.0.0.1:43211
CLIENT=127.0.0.1:7001

# A client: a peer that has connected to the server, so that it hears refusals.
start_client() {
    start "$1" peer
    type "$1" "connect $SERVER"
    expect "$1" "connected $SERVER"
}

# ... with a given address: the same port at another address is another client.
start_client_at() {
    start "$1" peer
    type "$1" "bind $2"
    expect "$1" "bound $2"
    type "$1" "connect $SERVER"
    expect "$1" "connected $SERVER"
}

says() {
    type "$1" "send $SERVER $2"
    expect "$1" "sent ${#2} bytes"
}

# The next line that begins with $2 is $3: a wrong one is seen at once, not at the deadline.
expect_next() {
    while next_line "$1"; do
        [[ $LINE == "$2"* ]] || continue
        [[ $LINE == "$3" ]] || fail failed "$1 prints: $3" "$(printed_by "$1")"
        return
    done
    fail_waiting "$1" "$1 prints: $3"
}

# What a client receives next: a reply or a refusal.
hears() {
    type "$1" "receive"
    expect_next "$1" "receive" "$2"
}

is_answered() {
    hears "$1" "received Hi, $2 from $SERVER"
}

# A message with a NUL byte, written as \0. (It is not seen in the line that the peer prints.)
says_with_nul() {
    printf 'send %s %b\n' "$SERVER" "$2" >&"${IN[$1]}"
    expect_next server "send" "send bytes: $((${#2} + 3))"
    is_answered "$1" "${2/\\0/}"
}

# When the server has said what it sent, its call is recorded.
converse() {
    says "$1" "$2"
    expect_next server "send" "send bytes: $((${#2} + 4))"
    is_answered "$1" "$2"
    expect_printed server "received ${#2} bytes:${2:+ $2}"
}

x_times() {
    printf 'x%.0s' $(seq "$1")
}

# Long messages have a test of their own, with sanitizers: Valgrind does not see the end of a buffer on the stack.
under_valgrind() {
    start_server server udpconnectserver
    start_client client
    converse client "hello world"
    converse client ""
    converse client "hi"
    says client "goodbye"
    wait_for server
}

@test "the first sender becomes the peer, and gets its replies [10]" {
    read_on task-4-connect-to-the-first-sender
    if private_networks_allowed; then # the client is on another host
        local SERVER=10.0.0.1:43211 CLIENT=10.0.0.2:7001
        host alice 10.0.0.1
        host bob 10.0.0.2
    fi
    on alice start_server server udpconnectserver
    on bob start client peer
    type client "bind $CLIENT"
    expect client "bound $CLIENT"
    converse client "g1"
    converse client "a longer message"

    expect_call server connect to $CLIENT before send
    expect_call server send of "Hi, g1" returning 6
}

@test "a second client is refused while the server runs [10]" {
    read_on why-the-second-client-is-refused
    start_server server udpconnectserver
    start_client first
    converse first "g1"
    start_client second
    says second "let me in"
    hears second "receive failed: ECONNREFUSED"
    converse first "g2"
    stop server

    expect_not_printed server "let me in"
    expect_wire server icmp saying "port unreachable" about $SERVER times 1
}

@test "datagrams that others sent before the connect are neither answered nor counted [10]" {
    read_on task-5-skip-what-is-not-the-clients
    start_server server udpconnectserver
    start_client_at first $CLIENT
    start_client second
    start_client_at namesake 127.0.0.2:${CLIENT#*:}
    pause server
    says first "g1"
    says second "my secret"
    says namesake "my port"
    says first "g2"
    resume server
    expect_next server "send" "send bytes: 6"
    expect_next server "send" "send bytes: 6"
    is_answered first "g1"
    is_answered first "g2"
    says first "goodbye"
    expect server "received 7 bytes: goodbye"
    expect_next server "" "received 3 datagrams"
    wait_for server

    expect_not_printed server "my secret"
    expect_not_printed server "my port"
    expect_no_call server send of "Hi, my secret"
    expect_no_call server send of "Hi, my port"
}

@test "a reply contains the whole message, and nothing of an earlier one [10]" {
    read_on task-3-receive-a-message-and-its-sender
    start_server server udpconnectserver
    start_client client
    converse client "hello world"
    converse client "hi"
    converse client "x"
    converse client ""
    converse client "1234bye"
    converse client "good"
    says_with_nul client 'one\0more'
}

@test "goodbye ends the conversation, a message that only resembles it does not [10]" {
    read_on task-6-know-the-end
    start_server server udpconnectserver
    start_client client
    for message in "goodbye, friend" "goodby" "goodbye " "GOODBYE"; do
        says client "$message"
        expect_next server "send" "send bytes: $((${#message} + 4))"
        is_answered client "$message"
    done
    says_with_nul client 'goodbye\0xx'
    says client "goodbye"
    wait_for server

    expect_status server 0
}

@test "goodbye is counted but not answered, even as the first message [10]" {
    read_on task-6-know-the-end
    start_server server udpconnectserver
    start_client client
    converse client "g1"
    says client "goodbye"
    expect server "received 7 bytes: goodbye"
    expect_next server "" "received 2 datagrams"
    wait_for server
    start_server another udpconnectserver
    start_client late
    says late "goodbye"
    expect another "received 7 bytes: goodbye"
    expect_next another "" "received 1 datagrams"
    wait_for another

    expect_status server 0
    expect_status another 0
    expect_not_printed server "received 1 datagrams"
    expect_call server send times 1
    expect_no_call another send
}

@test "the Ctrl-C handler prints nothing: the count is printed after it returns [10]" {
    read_on task-2-wait-for-a-datagram-or-ctrl-c
    start_server server udpconnectserver
    start_client client
    converse client "g1"
    converse client "g2"
    sleep 0.1 # a server that waits with a time limit has gone on by then
    signal_program INT server
    expect_next server "received" "received 2 datagrams"
    wait_for server

    expect_status server 0
    recording_lacks call server write after SIGINT before rt_sigreturn ||
        fail failed "the handler returns before anything is printed" "the handler printed something itself"
}

@test "messages of 4092 bytes and more stay inside the buffers [10]" {
    read_on task-7-answer
    start_sanitized server udpconnectserver
    await_call server 'bind(* = 0' "udpconnectserver binds its socket"
    start_client client
    converse client "$(x_times 4091)"
    converse client "$(x_times 4092)"
    converse client "$(x_times 4096)"
    says client "$(x_times 5000)"
    hears client "received Hi, $(x_times 4096) from $SERVER"
    expect_next server "send" "send bytes: 4100"
    converse client "hi"
}

@test "a client that closes its socket before the reply is noticed [10]" {
    read_on nine-ways-to-get-it-wrong
    start_server server udpconnectserver
    start_client client
    pause server
    says client "g1"
    type client "close"
    expect client "closed"
    resume server
    wait_for server

    expect_error server "recv failed: Connection refused (111)"
    expect_status server 1
    expect_call server send times 1
}

@test "a second server reports that the port is in use [5]" {
    read_on task-1-take-the-port
    start_server server udpconnectserver
    start second udpconnectserver
    wait_for second

    expect_error second "bind failed: Address already in use (98)"
    expect_status second 1
}

@test "Valgrind finds no memory error and no leak [5]" {
    read_on task-3-receive-a-message-and-its-sender
    expect_clean_memory
}
