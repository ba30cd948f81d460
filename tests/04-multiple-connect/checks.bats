# 04-multiple-connect: can a socket be connected twice, and disconnected again?

load ../bench/bench

answers udpreconnect
ONE=127.0.0.1:43211
TWO=127.0.0.2:43211
# What scripted peers reply: a program cannot know it before it has received it.
printf -v WORD "word-%05d%05d" "$RANDOM" "$RANDOM"

under_valgrind() {
    start_server one udpserver 127.0.0.1
    start client udpreconnect 127.0.0.1 127.0.0.2
    type client "g1"
    expect client "Hi, g1"
    type client "g2"
    finish client
}

# A server on each of these addresses.
servers() {
    local address
    for address in "$@"; do
        start_server "server$address" udpserver "$address"
    done
}

# A scripted peer at an address.
peer_at() {
    start "$1" peer
    type "$1" "bind $2"
    expect "$1" "bound $2"
}

# A client between two scripted peers. The first one has received its line; CLIENT is the sender's address.
client_and_two_peers() {
    peer_at peer1 $ONE
    peer_at peer2 $TWO
    start client udpreconnect 127.0.0.1 127.0.0.2
    type client "g1"
    type peer1 "receive"
    expect peer1 "received g1 from *"
    CLIENT=$MATCH
}

# The first peer has replied, and the next line is not typed yet: what the first peer does now comes too late.
first_visit() {
    client_and_two_peers
    type peer1 "reply $WORD g1"
    expect peer1 "replied $((${#WORD} + 3)) bytes"
    expect client "$WORD g1"
}

# The client sends a peer its line, and the peer replies.
visited() {
    type client "$2"
    type "$1" "receive"
    expect "$1" "received $2 from *"
    type "$1" "reply $WORD $2"
    expect client "$WORD $2"
}

# More replies from a peer that has replied already.
too_late() {
    local reply
    expect "$1" "replied *"
    for reply in "${@:2}"; do
        type "$1" "reply $reply"
        expect "$1" "replied ${#reply} bytes"
    done
}

# The address that the client sent from, whatever it prints.
client_address() {
    tell 'calls("client") | map(select(.action == "send")) | last.socket.local'
}

# The client sends the second peer its line, and the peer replies.
second_visit() {
    type client "g2"
    type peer2 "receive"
    expect peer2 "received g2 from *"
    type peer2 "reply $WORD g2"
    expect client "connected to $TWO from *"
    expect client "$WORD g2"
    finish client
}

@test "each server gets one line, and its reply is printed [10]" {
    read_on task-1-connect
    unset UDPLAB_TIMEOUT_MS # as in a terminal of your own
    servers 127.0.0.1 127.0.0.2
    start client udpreconnect 127.0.0.1 127.0.0.2
    type client "a longer line"
    type client "g2"
    finish client

    expect_printed client "send bytes: 13"
    expect_call client connect to $ONE before send
    expect_call client connect to $TWO
    expect_printed client "Hi, a longer line"
    expect_printed client "send bytes: 2"
    expect_printed client "Hi, g2"
    expect_status client 0
}

@test "one socket is used for all servers [10]" {
    read_on background
    servers 127.0.0.1 127.0.0.2 127.0.0.3
    start client udpreconnect 127.0.0.1 127.0.0.2 127.0.0.3
    type client "g1"
    type client "g2"
    type client "g3"
    finish client

    expect_printed client "Hi, g3"
    expect_call client socket times 1
}

@test "the local address is the one that the server sees [10]" {
    read_on task-2-ask-the-socket-for-its-address
    local first
    unset UDPLAB_TIMEOUT_MS # as in a terminal of your own, and with replies that nobody can foretell
    client_and_two_peers
    first=$CLIENT
    type peer1 "reply $WORD g1"
    expect client "$WORD g1"
    type client "g2"
    type peer2 "receive"
    expect peer2 "received g2 from *"
    type peer2 "reply $WORD g2"
    finish client

    expect_printed client "connected to $ONE from $first"
    expect_printed client "connected to $TWO from $MATCH"
}

@test "at the end the socket is disconnected: no peer, no address, no port [10]" {
    read_on task-3-dissolve-the-association
    servers 127.0.0.1
    start client udpreconnect 127.0.0.1 127.0.0.2
    type client "g1"
    finish client

    expect_printed client "Hi, g1"
    expect_call client connect to AF_UNSPEC after send
    expect_printed client "disconnected, local address 0.0.0.0:0"
    expect_no_call client connect to $TWO
    expect_status client 0
}

@test "a server that refuses is reported, and the next one gets its line [5]" {
    read_on what-you-should-see
    servers 127.0.0.2
    start client udpreconnect 127.0.0.1 127.0.0.3 127.0.0.2
    type client "g1"
    type client "g2"
    type client "g3"
    finish client

    expect_error client "recv from $ONE failed: Connection refused (111)"
    expect_error client "recv from 127.0.0.3:43211 failed: Connection refused (111)"
    expect_call client recv failing ECONNREFUSED times 2
    expect_call client connect to $TWO
    expect_printed client "Hi, g3"
    expect_status client 1
}

@test "a server that is silent is reported, and the next one has the whole deadline [5]" {
    read_on tasks
    peer_at peer1 $ONE
    peer_at peer2 $TWO
    UDPLAB_TIMEOUT_MS=$((PATIENCE * 5)) start client udpreconnect 127.0.0.1 127.0.0.2
    type client "g1"
    type peer1 "receive"
    expect peer1 "received g1 from *"
    expect_complaint client "recv from $ONE failed: Resource temporarily unavailable (11)"
    type client "g2"
    type peer2 "receive"
    expect peer2 "received g2 from *"
    sleep 0.2 # a client whose deadline is over has given up by then
    type peer2 "reply $WORD g2"
    expect client "$WORD g2"
    finish client

    expect_status client 1
}

@test "a late refusal is not reported for the next server [10]" {
    read_on task-4-forget-what-is-left
    needs_private_network
    first_visit
    type peer1 "refuse"
    expect peer1 "refused $CLIENT"
    second_visit

    expect_status client 0
}

@test "a late reply is not mistaken for the next server's [10]" {
    read_on task-4-forget-what-is-left
    start client udpreconnect 127.0.0.1 127.0.0.2
    type client "g1"
    expect_complaint client "recv from $ONE failed: Connection refused (111)"
    peer_at peer1 $ONE
    type peer1 "send $(client_address) $WORD g1"
    expect peer1 "sent $((${#WORD} + 3)) bytes"
    peer_at peer2 $TWO
    second_visit

    expect_not_printed client "$WORD g1"
    expect_status client 1
}

@test "a late reply after a late refusal is discarded, too [5]" {
    read_on task-4-forget-what-is-left
    needs_private_network
    first_visit
    type peer1 "reply $WORD g1"
    expect peer1 "replied $((${#WORD} + 3)) bytes"
    type peer1 "reply $WORD g1"
    expect peer1 "replied $((${#WORD} + 3)) bytes"
    type peer1 "refuse"
    expect peer1 "refused $CLIENT"
    second_visit

    expect_status client 0
}

@test "from 127.0.0.1 to a server on the LAN: the source address changes, too [10]" {
    read_on why-leave-before-you-go-on
    needs_private_network
    host alice 10.0.0.1
    host bob 10.0.0.2
    on alice start_server near udpserver 127.0.0.1
    on bob start_server far udpserver 10.0.0.2
    on alice start client udpreconnect 127.0.0.1 10.0.0.2
    type client "g1"
    expect client "Hi, g1"
    type client "g2"
    expect client "connected to 10.0.0.2:43211 from *"
    expect client "Hi, g2"
    finish client

    expect_status client 0
    expect_wire client udp of "g2" from 10.0.0.1 to 10.0.0.2:43211
}

@test "when connect fails, the line is not sent to anybody [5]" {
    read_on task-1-connect
    servers 127.0.0.1 127.0.0.2
    start client udpreconnect 127.0.0.1 127.255.255.255 127.0.0.2
    type client "g1"
    type client "g2"
    type client "g3"
    finish client

    expect_no_call client send of "g2"
    expect_error client "connect to 127.255.255.255:43211 failed: Permission denied (13)"
    expect_call client connect to $TWO
    expect_printed client "Hi, g3"
    expect_status client 1
}

# The deadline is long: a client that waits for more is seen waiting. More replies are left than a program would count
# on; and an empty datagram is a datagram, too: after it, errno is still that of an earlier call.
@test "extra replies are discarded without waiting for more [5]" {
    read_on task-4-forget-what-is-left
    peer_at peer1 $ONE
    peer_at peer2 $TWO
    UDPLAB_TIMEOUT_MS=600000 start client udpreconnect 127.0.0.1 127.0.0.2 127.0.0.1
    visited peer1 "g1"
    too_late peer1 "$WORD g1" "$WORD g1" "$WORD g1" "$WORD g1" "$WORD g1"
    visited peer2 "g2"
    too_late peer2 "" "$WORD g2"
    visited peer1 "g3"
    finish client

    expect_status client 0
}

@test "Valgrind finds no memory error and no leak [5]" {
    read_on tasks
    expect_clean_memory
}
