# 02-connected-client: what does connect() change, if it sends nothing?

load ../bench/bench

answers udpconnectclient
SERVER=127.0.0.1:43211
# What scripted peers reply: a program cannot know it before it has received it.
printf -v WORD "word-%05d%05d" "$RANDOM" "$RANDOM"

under_valgrind() {
    start_server server udpserver
    start client udpconnectclient 127.0.0.1
    type client "g1"
    expect client "Hi, g1"
    stop server
    type client "g2"
    finish client
}

# A client that has sent a line, and a scripted peer in the server's place that has not replied yet.
client_and_peer() {
    start peer peer
    type peer "bind $SERVER"
    expect peer "bound $SERVER"
    start client udpconnectclient 127.0.0.1
    type client "g1"
    type peer "receive"
    expect peer "received g1 from *"
    CLIENT=$MATCH
}

@test "connect sets the peer before the first datagram [10]" {
    read_on task-1-fix-the-peer
    start_server server udpserver
    start client udpconnectclient 127.0.0.1
    type client "g1"
    finish client

    expect_call client connect to $SERVER before send
}

@test "connect puts nothing on the wire [5]" {
    read_on task-1-fix-the-peer
    start_server server udpserver
    start client udpconnectclient 127.0.0.1
    type client "g1"
    finish client

    expect_call client connect to $SERVER
    expect_call client send times 1
    expect_no_wire client any before send
    expect_wire client udp of "g1" to $SERVER times 1
}

@test "a line becomes one datagram, and its reply is printed [10]" {
    read_on task-3-receive-the-reply
    unset UDPLAB_TIMEOUT_MS # as in a terminal of your own
    start_server server udpserver
    start client udpconnectclient 127.0.0.1
    type client "g1"
    type client "a longer line"
    type client "g3"
    finish client

    expect_printed client "now sending g1"
    expect_printed client "send bytes: 2"
    expect_printed client "Hi, g1"
    expect_printed client "Hi, a longer line"
    expect_printed client "Hi, g3"
    expect_status client 0
    expect_call client send of "g3" returning 2
}

@test "send carries no address: the socket knows its peer [10]" {
    read_on task-2-send-without-an-address
    start_server server udpserver
    UDPLAB_TIMEOUT_MS=600000 start client udpconnectclient 127.0.0.1 # one that waits for a second reply is seen waiting
    type client "g1"
    finish client

    expect_call client send of "g1" to nobody
    expect_no_call client send to anybody
}

@test "a refused datagram is reported as \"Connection refused\" [15]" {
    read_on why-recv-says-connection-refused
    start client udpconnectclient 127.0.0.1
    type client "g1"
    expect client "send bytes: 2"
    finish client

    expect_call client recv failing ECONNREFUSED
    expect_error client "recv failed: Connection refused (111)"
    expect_status client 1
    expect_call client send times 1
}

@test "a server that has stopped is noticed at the next datagram [10]" {
    read_on why-recv-says-connection-refused
    start_server server udpserver
    start client udpconnectclient 127.0.0.1
    type client "g1"
    expect client "Hi, g1"
    stop server
    type client "g2"
    expect client "send bytes: 2"
    finish client

    expect_call client connect times 1
    expect_call client recv failing ECONNREFUSED
    expect_error client "recv failed: Connection refused (111)"
    expect_status client 1
}

@test "the client waits for a silent peer until the deadline, and reports no refusal [10]" {
    read_on task-3-receive-the-reply
    local deadline=$((PATIENCE * 5)) # in milliseconds; a slow machine has more patience
    UDPLAB_TIMEOUT_MS=$deadline client_and_peer
    sleep 0.2 # a part of the first line's deadline, which is none of the second line's
    type peer "reply $WORD"
    expect client "$WORD"
    type client "g2"
    finish client

    expect_error client "recv failed: Resource temporarily unavailable (11)"
    expect_status client 1
    expect_waited client $deadline
}

@test "a stranger's datagram is not mistaken for the reply [10]" {
    read_on background
    unset UDPLAB_TIMEOUT_MS # as in a terminal of your own, and with a reply that nobody can foretell
    start stranger peer
    client_and_peer
    type stranger "send $CLIENT Hi, stranger"
    expect stranger "sent 12 bytes"
    type peer "reply $WORD"
    finish client

    expect_not_printed client "Hi, stranger"
    expect_printed client "$WORD"
    expect_status client 0
}

@test "two clients at the same time each get their own replies [5]" {
    read_on background
    start_server server udpserver
    start client udpconnectclient 127.0.0.1
    type client "g1"
    expect client "Hi, g1"
    start other udpconnectclient 127.0.0.1
    type other "g2"
    expect other "Hi, g2"
    type client "g3"
    expect client "Hi, g3"
    finish other
    finish client

    expect_status client 0
    expect_status other 0
}

@test "an empty line, a NUL byte and a line of 4095 bytes arrive unchanged [5]" {
    read_on task-2-send-without-an-address
    local long
    long=$(printf 'x%.0s' {1..4095})
    start_server server udpserver
    start client udpconnectclient 127.0.0.1
    type client ""
    printf 'a\0bc\n' >&"${IN[client]}"
    type client "$long"
    finish client

    expect_printed client "send bytes: 0"
    expect_printed client "Hi,"
    expect_printed client "send bytes: 4"
    expect_printed client "send bytes: 4095"
    expect_printed client "Hi, $long"
    expect_status client 0
}

@test "a connect that fails is reported, and nothing is sent [5]" {
    read_on task-1-fix-the-peer
    start client udpconnectclient 127.255.255.255 # a broadcast address, which the socket may not use
    type client "g1"
    finish client

    expect_error client "connect failed: Permission denied (13)"
    expect_status client 1
    expect_no_call client send
}

@test "Valgrind finds no memory error and no leak [5]" {
    read_on task-3-receive-the-reply
    expect_clean_memory
}
