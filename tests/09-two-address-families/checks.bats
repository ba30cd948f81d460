# 09-two-address-families: one server for IPv4 and IPv6?

load ../bench/bench

answers udpdualserver udpdualclient

start_dual_server() {
    start server udpdualserver
    await_call server 'bind(* = 0' "udpdualserver binds its socket"
}

# start_peer NAME ADDRESS:PORT: a scripted peer, which answers only when it is told to.
start_peer() {
    start "$1" peer
    type "$1" "bind $2"
    expect "$1" "bound $2"
}

# question NAME ADDRESS:PORT TEXT: a scripted client asks, and gets its answer. Sets MATCH to what is printed of its
# address.
question() {
    type "$1" "send $2 $3"
    expect "$1" "sent *"
    expect server "received ${#3} bytes from *: $3"
    local sender=$MATCH
    type "$1" "receive"
    expect "$1" "received Hi, $3 from *"
    MATCH=$sender
}

# The box has this name for both addresses; a machine without boxes may not.
needs_both_for_localhost() {
    [[ ${UDPLAB_BOX-} == "full box"* ||
        $(getent ahosts localhost | cut -d' ' -f1 | uniq | tr '\n' ' ') == "::1 127.0.0.1 " ]] ||
        could_not_check "localhost has not both addresses on this machine"
}

needs_ipv6() {
    [[ -e /proc/net/if_inet6 ]] || could_not_check "this machine's kernel has no IPv6"
}

# Both families for each of the two.
two_hosts() {
    needs_private_network
    needs_ipv6
    host alice 10.0.0.1 fd00::1
    host bob 10.0.0.2 fd00::2
}

under_valgrind() {
    start_dual_server
    start client udpdualclient ::1 127.0.0.1
    type client "g1"
    expect client "Hi, g1"
    type client "g2"
    expect client "Hi, g2"
    finish client
    stop server
}

@test "one socket hears clients of both families, and each gets its answer [10]" {
    read_on task-1-a-socket-for-ipv6
    needs_ipv6
    start_dual_server
    start four peer
    start six peer
    question four 127.0.0.1:43211 "over IPv4"
    question six "[::1]:43211" "over IPv6"

    expect_call server socket times 1
    expect_call server bind to "[::]:43211" before recv
}

@test "a sender's address is told as its user knows it, not as the socket does [10]" {
    read_on task-4-take-the-ipv4-address-out
    needs_ipv6
    start_dual_server
    start four peer
    start six peer
    question four 127.0.0.1:43211 "g1"
    [[ $MATCH == 127.0.0.1:* ]] ||
        fail failed "server prints: received 2 bytes from 127.0.0.1:PORT: g1" "it prints that they are from $MATCH"
    question six "[::1]:43211" "g2"
    [[ $MATCH == "[::1]:"* ]] ||
        fail failed "server prints: received 2 bytes from [::1]:PORT: g2" "it prints that they are from $MATCH"
}

@test "the server hears IPv4 also where IPv6 sockets are for IPv6 only by default [10]" {
    read_on task-2-ipv4-too
    needs_private_network
    needs_ipv6
    sysctl_on "$HERE" net.ipv6.bindv6only 1
    start_dual_server
    start four peer
    question four 127.0.0.1:43211 "g1"
}

@test "the server works on a host without an IPv6 address [5]" {
    read_on task-2-ipv4-too
    needs_private_network
    needs_ipv6
    sysctl_on "$HERE" net.ipv6.conf.all.disable_ipv6 1
    start_dual_server
    start four peer
    question four 127.0.0.1:43211 "g1"
}

@test "a link-local sender is told with its interface, and gets its answer [5]" {
    read_on task-3-receive
    needs_private_network
    needs_ipv6
    host alice 10.0.0.1 fe80::1
    host bob 10.0.0.2 fe80::2
    on bob start_dual_server
    on alice start six peer
    question six "[fe80::2%eth0]:43211" "g1"
    [[ $MATCH == "[fe80::1%eth0]:"* ]] ||
        fail failed "server prints: received 2 bytes from [fe80::1%eth0]:PORT: g1" "it prints that they are from $MATCH"
}

@test "a port that another program has is taken, and the server says so [5]" {
    read_on task-2-ipv4-too
    needs_ipv6
    start_peer four 0.0.0.0:43211
    start server udpdualserver
    wait_for server

    expect_error server "bind failed: Address already in use (98)"
    expect_status server 1

    # Another program can be a second server.
    type four "close"
    expect four "closed"
    start first udpdualserver
    await_call first 'bind(* = 0' "udpdualserver binds its socket"
    start second udpdualserver
    wait_for second

    expect_error second "bind failed: Address already in use (98)"
    expect_status second 1
}

@test "a datagram longer than the buffer does not overflow it [5]" {
    read_on task-3-receive
    local long
    printf -v long '%9000s' ''
    start_sanitized server udpdualserver
    await_call server 'bind(* = 0' "udpdualserver binds its socket"
    start client peer
    type client "send 127.0.0.1:43211 ${long// /x}"
    expect server "received 4096 bytes from *"
}

@test "a name is asked at its addresses, and the one that refuses is passed over [10]" {
    read_on task-7-one-address-after-the-other
    needs_ipv6
    needs_both_for_localhost
    start_peer four 127.0.0.1:43211
    start client udpdualclient localhost
    type client "g1"
    expect client "asking [::1]:43211"
    expect_complaint client "[::1]:43211: Connection refused (111)"
    expect client "asking 127.0.0.1:43211"
    type four "receive"
    expect four "received g1 from *"
    type four "reply Hi, g1"
    expect client "Hi, g1"
    finish client

    expect_status client 0
    expect_wire client udp to 127.0.0.1:43211 of "g1" times 1
}

@test "the first address that answers is kept for the next questions [5]" {
    read_on task-7-one-address-after-the-other
    needs_ipv6
    start_peer six "[::1]:43211"
    start client udpdualclient ::1 127.0.0.1
    local line
    for line in g1 g2; do
        type client "$line"
        type six "receive"
        expect six "received $line from *"
        type six "reply Hi, $line"
        expect client "Hi, $line"
    done
    finish client

    expect_not_printed client "asking 127.0.0.1"
    expect_call client connect to "[::1]:43211" times 1
    expect_no_error client
    expect_status client 0
}

@test "an address that stays silent costs one deadline, and the next one is asked [10]" {
    read_on task-6-a-socket-of-its-family
    needs_ipv6
    start_peer six "[::1]:43211"
    start_peer four 127.0.0.1:43211
    UDPLAB_TIMEOUT_MS=500 start client udpdualclient ::1 127.0.0.1
    type client "g1"
    expect_complaint client "[::1]:43211: Resource temporarily unavailable (11)"
    type four "receive"
    expect four "received g1 from *"
    type four "reply Hi, g1"
    finish client

    expect_printed client "Hi, g1"
    expect_status client 0
    expect_call client connect to "[::1]:43211" before send
}

@test "on a host without IPv6, an IPv6 address fails at once, and the next one is asked [5]" {
    read_on task-6-a-socket-of-its-family
    two_hosts
    on bob start_peer four 10.0.0.2:43211
    sysctl_on alice net.ipv6.conf.all.disable_ipv6 1
    on alice start client udpdualclient fd00::2 10.0.0.2
    type client "g1"
    type four "receive"
    expect four "received g1 from *"
    type four "reply Hi, g1"
    finish client

    expect_printed client "Hi, g1"
    expect_status client 0
    recording_has call client connect to "[fd00::2]:43211" failing EADDRNOTAVAIL ||
        recording_has call client connect to "[fd00::2]:43211" failing ENETUNREACH ||
        fail failed "client tries to connect to [fd00::2]:43211 first" "$(calls_of client)"
}

@test "a link-local address is asked by its interface [5]" {
    read_on task-5-all-addresses
    needs_private_network
    needs_ipv6
    host alice 10.0.0.1 fe80::1
    host bob 10.0.0.2 fe80::2
    on bob start_peer six "[fe80::2%eth0]:43211"
    on alice start client udpdualclient fe80::2%eth0
    type client "g1"
    expect client "asking [fe80::2%eth0]:43211"
    type six "receive"
    expect six "received g1 from [fe80::1%eth0]:*"
    type six "reply Hi, g1"
    expect client "Hi, g1"
    finish client

    expect_status client 0
}

@test "where nobody answers, each address is named with its error [5]" {
    read_on task-7-one-address-after-the-other
    needs_ipv6
    start client udpdualclient ::1 127.0.0.1
    type client "g1"
    wait_for client

    expect_error client "[::1]:43211: Connection refused (111)"
    expect_error client "127.0.0.1:43211: Connection refused (111)"
    expect_wire client udp to "[::1]:43211" of "g1" times 1
    expect_wire client udp to 127.0.0.1:43211 of "g1" times 1
    expect_status client 1
}

@test "a name that has no address is named [5]" {
    read_on task-5-all-addresses
    start client udpdualclient no-such-host.invalid
    type client "g1"
    wait_for client

    expect_status client 2
    expect_no_call client send
}

@test "Valgrind finds no memory error and no leak [5]" {
    read_on task-7-one-address-after-the-other
    needs_ipv6
    expect_clean_memory
}
