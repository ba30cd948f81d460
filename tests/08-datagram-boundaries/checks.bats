# 08-datagram-boundaries: what is one recv?

load ../bench/bench

answers udpcollector udpsizes
SERVER=127.0.0.1:43211

# So many bytes that are easy to tell from others: text, not patterns.
bytes() {
    local text
    printf -v text '%*s' "$1" ''
    printf '%s' "${text// /$2}"
}

collector_and_sender() {
    "${1:-start}" collector udpcollector
    await_call collector 'bind(* = 0' "udpcollector binds its socket"
    start sender peer
}

send() {
    type sender "send $SERVER $1"
    expect sender "sent ${#1} bytes"
}

# A scripted peer in the server's place. It reads only when it is told to, but its socket takes every datagram.
start_peer() {
    start peer peer
    type peer "bind $1"
    expect peer "bound $1"
}

# The loopback's packets as long as those of an Ethernet.
with_mtu() {
    needs_private_network
    ip_on "$HERE" link set lo mtu "$1"
}

under_valgrind() {
    start_server collector udpcollector
    start client udpsizes 127.0.0.1
    type client "3"
    expect collector "received 3 bytes: *"
    type client "2000"
    expect collector "received 1024 of 2000 bytes: *"
    type client "0"
    expect collector "received 0 bytes:*"
    finish client
    stop collector
}

@test "each datagram is received whole, and by itself [5]" {
    read_on task-1-receive-and-learn-the-length
    collector_and_sender
    pause collector
    send "one"
    send "and two"
    send "three"
    resume collector

    expect collector "received 3 bytes: one"
    expect collector "received 7 bytes: and two"
    expect collector "received 5 bytes: three"
}

@test "an empty datagram is a datagram, and not the end [10]" {
    read_on task-2-has-the-call-failed
    collector_and_sender
    send "before"
    expect collector "received 6 bytes: before"
    send ""
    expect collector "received 0 bytes:"
    send "after"
    expect collector "received 5 bytes: after"
}

@test "a datagram that is longer than the buffer is reported as cut [15]" {
    read_on task-3-how-much-is-in-the-buffer
    collector_and_sender
    send "$(bytes 2000 a)"
    expect collector "received 1024 of 2000 bytes: $(bytes 1024 a)"
}

@test "1024 bytes fit, and 1025 do not [5]" {
    read_on task-3-how-much-is-in-the-buffer
    collector_and_sender
    send "$(bytes 1024 b)"
    expect collector "received 1024 bytes: $(bytes 1024 b)"
    send "$(bytes 1025 c)"
    expect collector "received 1024 of 1025 bytes: $(bytes 1024 c)"
}

@test "the rest of a cut datagram does not come with the next one [5]" {
    read_on what-one-recv-is
    collector_and_sender
    send "$(bytes 1500 d)"
    expect collector "received 1024 of 1500 bytes: $(bytes 1024 d)"
    send "next"
    expect collector "received 4 bytes: next"
}

@test "a datagram of 9000 bytes does not overflow the buffer [5]" {
    read_on task-3-how-much-is-in-the-buffer
    collector_and_sender start_sanitized
    send "$(bytes 9000 e)"
    expect collector "received 1024 of 9000 bytes: $(bytes 1024 e)"
    send ""
    expect collector "received 0 bytes:"
}

@test "each size becomes one datagram of that many bytes, an empty one, too [10]" {
    read_on task-4-send-so-many-bytes
    start_peer $SERVER
    start client udpsizes 127.0.0.1
    type client "3"
    expect client "3 bytes: 1 packet, MTU *"
    type peer "receive"
    expect peer "received xxx from *"
    type client "0"
    expect client "0 bytes: 1 packet, MTU *"
    type peer "receive"
    expect peer "received  from *"
    type client "65507"
    expect client "65507 bytes: *"
    finish client

    expect_call client send returning 65507
    expect_wire client udp to $SERVER times 3
    expect_no_error client
    expect_status client 0
}

@test "datagrams are counted in packets, as many as are on the wire [10]" {
    read_on task-6-count-the-packets
    with_mtu 1500
    start_peer $SERVER
    start client udpsizes 127.0.0.1
    type client "1472"
    expect client "1472 bytes: 1 packet, MTU 1500"
    type client "1473"
    expect client "1473 bytes: 2 packets, MTU 1500"
    type client "4000"
    expect client "4000 bytes: 3 packets, MTU 1500"
    type client "65507"
    expect client "65507 bytes: 45 packets, MTU 1500"
    finish client

    expect_call client getsockopt option IP_MTU returning 0
    expect_wire client fragment times 47
}

@test "a fragment carries a multiple of 8 bytes, but for the last [5]" {
    read_on task-6-count-the-packets
    with_mtu 1006
    start_peer $SERVER
    start client udpsizes 127.0.0.1
    type client "1962"
    expect client "1962 bytes: 2 packets, MTU 1006"
    type client "2950"
    expect client "2950 bytes: 4 packets, MTU 1006"
    finish client

    expect_wire client fragment times 4
}

@test "65507 bytes can be sent, 65508 cannot, and the next size can [10]" {
    read_on task-7-whose-error-is-it
    start_peer $SERVER
    start client udpsizes 127.0.0.1
    type client "65507"
    expect client "65507 bytes: *"
    type client "65508"
    expect_complaint client "65508 bytes: Message too long (90)"
    type client "5"
    expect client "5 bytes: 1 packet, *"
    finish client

    expect_call client send failing EMSGSIZE
    expect_status client 1
}

# Alice's way to bob leads through a router, whose next network takes only 1300 bytes.
narrow_route() {
    host alice 10.0.1.1
    host router 10.0.1.9 10.0.2.9
    host bob 10.0.2.2
    sysctl_on router net.ipv4.ip_forward 1
    ip_on alice route add 10.0.2.0/24 via 10.0.1.9
    ip_on bob route add 10.0.1.0/24 via 10.0.2.9
    ip_on router route change 10.0.2.0/24 dev eth1 mtu 1300
}

@test "the MTU is asked for before each datagram: a router lowers it [5]" {
    read_on task-5-ask-for-the-mtu
    needs_private_network
    narrow_route
    on bob start_peer 10.0.2.2:43211
    on alice start client udpsizes 10.0.2.2
    type client "1400"
    expect client "1400 bytes: 1 packet, MTU 1500"
    type client "10"
    expect client "10 bytes: 1 packet, MTU *"
    type peer "receive"
    expect peer "received xxxxxxxxxx from *"
    type client "1400"
    expect client "1400 bytes: 2 packets, MTU 1300"
    finish client
}

@test "an earlier datagram's error costs no later one [10]" {
    read_on task-7-whose-error-is-it
    needs_private_network
    host alice 10.0.0.1
    host bob 10.0.0.2
    on bob start_peer 10.0.0.2:43211
    on alice start client udpsizes 10.0.0.2
    type client "1400"
    expect client "1400 bytes: 1 packet, MTU 1500"
    type peer "receive"
    expect peer "received *"
    type peer "lower 1300"
    expect peer "lowered *"
    type client "10"
    expect client "10 bytes: 1 packet, MTU 1300"
    type peer "receive"
    expect peer "received xxxxxxxxxx from *"
    finish client

    expect_error client "an earlier datagram did not arrive: Message too long (90)"
    expect_status client 0
}

@test "Valgrind finds no memory error and no leak [5]" {
    read_on task-1-receive-and-learn-the-length
    expect_clean_memory
}
