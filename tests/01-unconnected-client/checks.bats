# 01-unconnected-client: what does an ordinary UDP client learn when nobody listens?

load ../bench/bench

answers udpclient
SERVER=127.0.0.1:43211
# What scripted peers reply: a program cannot know it before it has received it.
printf -v WORD "word-%05d%05d" "$RANDOM" "$RANDOM"

under_valgrind() {
    start_server server udpserver
    start client udpclient 127.0.0.1
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
    start client udpclient 127.0.0.1
    type client "g1"
    type peer "receive"
    expect peer "received g1 from *"
    CLIENT=$MATCH
}

@test "a line becomes one datagram, and its reply is printed [15]" {
    read_on task-1-send-to-the-server
    unset UDPLAB_TIMEOUT_MS # as in a terminal of your own
    start_server server udpserver
    start client udpclient 127.0.0.1
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
    expect_call client send of "g1" to $SERVER
    expect_call client send times 3
}

@test "one socket is used for all lines, and is never connected [10]" {
    read_on background
    start_server server udpserver
    UDPLAB_TIMEOUT_MS=600000 start client udpclient 127.0.0.1 # one that waits for a second reply is seen waiting
    type client "g1"
    type client "g2"
    finish client

    expect_printed client "Hi, g2"
    expect_call client socket times 1
    expect_no_call client connect
}

@test "nobody listens: send succeeds, and the client receives nothing until the deadline [15]" {
    read_on why-nobody-tells-the-client
    UDPLAB_TIMEOUT_MS=100 start client udpclient 127.0.0.1
    type client "g1"
    expect client "send bytes: 2"
    finish client

    expect_error client "recvfrom failed: Resource temporarily unavailable (11)"
    expect_status client 1
    expect_no_call client recv failing ECONNREFUSED
    expect_no_call client connect
}

@test "nobody listens: an ICMP port unreachable comes back [5]" {
    read_on why-nobody-tells-the-client
    UDPLAB_TIMEOUT_MS=100 start client udpclient 127.0.0.1
    type client "g1"
    expect client "send bytes: 2"
    finish client

    expect_wire client udp of "g1" to $SERVER times 1
    expect_wire client icmp saying "port unreachable" about $SERVER
    expect_no_call client recv failing ECONNREFUSED
}

@test "a silent server looks the same as no server [5]" {
    read_on task-2-receive-with-a-deadline
    local deadline=$((PATIENCE * 5)) # in milliseconds; a slow machine has more patience
    UDPLAB_TIMEOUT_MS=$deadline client_and_peer
    sleep 0.2 # a part of the first line's deadline, which is none of the second line's
    type peer "reply $WORD"
    expect client "$WORD"
    type client "g2"
    finish client

    expect_error client "recvfrom failed: Resource temporarily unavailable (11)"
    expect_status client 1
    expect_waited client $deadline
}

@test "a stranger's datagram before the reply is ignored [15]" {
    read_on task-3-believe-only-the-server
    unset UDPLAB_TIMEOUT_MS # as in a terminal of your own, and with a reply that nobody can foretell
    start stranger peer
    client_and_peer
    type stranger "send $CLIENT Hi, stranger"
    type stranger "send $CLIENT Hi, stranger again"
    expect stranger "sent 18 bytes"
    type peer "reply $WORD"
    finish client

    expect_not_printed client "Hi, stranger"
    expect_printed client "$WORD"
    expect_status client 0
}

@test "a stranger's datagram is ignored when no reply comes [10]" {
    read_on task-3-believe-only-the-server
    start stranger peer
    UDPLAB_TIMEOUT_MS=500 client_and_peer
    type stranger "send $CLIENT Hi, stranger"
    expect stranger "sent 12 bytes"
    finish client

    expect_not_printed client "Hi, stranger"
    expect_error client "recvfrom failed: Resource temporarily unavailable (11)"
    expect_status client 1
}

@test "the server's port at another address is ignored, too [5]" {
    read_on task-3-believe-only-the-server
    start stranger peer
    type stranger "bind 127.0.0.2:43211"
    expect stranger "bound 127.0.0.2:43211"
    client_and_peer
    type stranger "send $CLIENT Hi, stranger"
    expect stranger "sent 12 bytes"
    type peer "reply $WORD"
    finish client

    expect_not_printed client "Hi, stranger"
    expect_printed client "$WORD"
}

@test "an empty line, a NUL byte and a line of 4095 bytes arrive unchanged [5]" {
    read_on task-1-send-to-the-server
    local long
    long=$(printf 'x%.0s' {1..4095})
    start_server server udpserver
    start client udpclient 127.0.0.1
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

@test "a line of 10000 bytes arrives in pieces, and nothing is lost [5]" {
    read_on task-1-send-to-the-server
    start_server server udpserver
    start client udpclient 127.0.0.1
    type client "$(printf 'x%.0s' {1..10000})"
    finish client

    expect_printed client "send bytes: 1810"
    expect_call client send returning 4095 times 2
    expect_status client 0
}

@test "a reply as long as the buffer does not overflow it [5]" {
    read_on task-2-receive-with-a-deadline
    start peer peer
    type peer "bind $SERVER"
    expect peer "bound $SERVER"
    start_sanitized client udpclient 127.0.0.1
    type client "g1"
    type peer "receive"
    expect peer "received g1 from *"
    type peer "reply $WORD$(printf 'x%.0s' {1..9000})"
    expect client "$WORD*"
    finish client

    expect_status client 0
}

@test "Valgrind finds no memory error and no leak [5]" {
    read_on task-2-receive-with-a-deadline
    expect_clean_memory
}
