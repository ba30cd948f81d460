# 05-broadcast: how do connect and broadcast go together?

load ../bench/bench

answers udpbroadcast udpmulticast
# What scripted peers reply: a program cannot know it before it has received it.
printf -v WORD "word-%05d%05d" "$RANDOM" "$RANDOM"
EVERYBODY=127.255.255.255 # on loopback: no LAN is needed where one host is enough
GROUP=239.1.2.3

# Where replies come, nobody waits for this deadline, so it can be long; and it is not the programs' default.
start_patient() {
    UDPLAB_TIMEOUT_MS=$((DEADLINE * 450)) start "$@"
}

# For those that wait for the deadline: long enough for a first reply.
start_hasty() {
    UDPLAB_TIMEOUT_MS=$((DEADLINE * 100)) start "$@"
}

# Three hosts on a LAN: alice sends, and bob and carol have received it. The replies come late: a client that only looks
# for them, instead of waiting, has ended by then.
everybody_has_received() {
    needs_private_network
    host alice 10.0.0.1
    host bob 10.0.0.2
    host carol 10.0.0.3
    on bob start bob peer
    on carol start carol peer
    to_both "bind 0.0.0.0:43211" "bound 0.0.0.0:43211"
    [[ $1 != udpmulticast ]] || to_both "join $2" "joined $2"
    on alice start_patient client "$1" "$2"
    type client "hello"
    to_both "receive" "received hello from *"
    sleep 0.1 # a client that does not wait has ended by then; for one that waits it makes no difference
}

to_both() {
    local name
    for name in bob carol; do
        type "$name" "$1"
        expect "$name" "$2"
    done
}

# What a client does after a reply it has done before the next step: a question waits until all programs sleep.
has_gone_on() {
    recording_has call "$1" send || true
}

both_replies_are_received() {
    type bob "reply $WORD from bob"
    expect bob "replied $((${#WORD} + 9)) bytes"
    has_gone_on client
    type carol "reply $WORD from carol"
    expect carol "replied $((${#WORD} + 11)) bytes"
    while next_line client && ! line_fits "10.0.0.3:43211: $WORD from carol"; do :; done

    expect_no_wire client icmp saying "port unreachable"
    expect_call client recv of "$WORD from bob"
    expect_call client recv of "$WORD from carol"
}

# A client on loopback that waits for a reply, and a scripted peer that has received its line.
client_and_peer() {
    start peer peer
    type peer "bind 0.0.0.0:43211"
    expect peer "bound 0.0.0.0:43211"
    "$1" client udpbroadcast $EVERYBODY
    type client "hello"
    type peer "receive"
    expect peer "received hello from *"
    CLIENT=$MATCH
}

# The client may receive and print as much of a long reply as it likes.
receives_a_long_reply() {
    type "$2" "hello"
    type "$1" "receive"
    expect "$1" "received hello from *"
    type "$1" "reply $(printf 'x%.0s' {1..9000})"
    expect "$2" "*x"
}

under_valgrind() {
    export UDPLAB_TIMEOUT_MS=$((DEADLINE * 100))
    start_server server udpserver
    start client udpbroadcast $EVERYBODY
    type client "hello"
    expect client "127.0.0.1:43211: Hi, hello"
    wait_for client
    private_networks_allowed || return 0
    host alice 10.0.0.1
    host bob 10.0.0.2
    on bob start_server member udpgroupserver $GROUP
    on alice start other udpmulticast $GROUP
    type other "hello"
    expect other "10.0.0.2:43211: Hi, hello"
    wait_for other
}

@test "the socket allows broadcasts before it sends one [10]" {
    read_on task-1-allow-it
    client_and_peer start_patient

    expect_call client setsockopt option SO_BROADCAST returning 0 before send
    expect_call client send of "hello" returning 5
}

@test "the line becomes one datagram to the broadcast address [10]" {
    read_on task-2-send-to-everybody
    everybody_has_received udpbroadcast 10.0.0.255
    expect client "send bytes: 5"

    expect_wire client udp of "hello" to 10.0.0.255:43211 times 1
}

@test "every host's reply is printed with its sender's address [10]" {
    read_on task-4-receive-and-say-who-it-is-from
    everybody_has_received udpbroadcast 10.0.0.255
    expect client "now sending hello"
    type bob "reply $WORD from bob"
    expect client "10.0.0.2:43211: $WORD from bob"
    has_gone_on client
    type carol "reply $WORD from carol"
    expect client "10.0.0.3:43211: $WORD from carol"

    expect_call client recv from 10.0.0.2:43211 of "$WORD from bob"
    expect_call client recv from 10.0.0.3:43211 of "$WORD from carol"
}

@test "no host's reply is refused [10]" {
    read_on why-a-connected-socket-hears-nobody
    everybody_has_received udpbroadcast 10.0.0.255
    both_replies_are_received
}

@test "replies are accepted from any address, in any order [10]" {
    read_on why-a-connected-socket-hears-nobody
    start second peer
    type second "bind 127.0.0.2:43299"
    expect second "bound 127.0.0.2:43299"
    client_and_peer start_patient
    type second "send $CLIENT $WORD from the second"
    expect client "127.0.0.2:43299: $WORD from the second"
    has_gone_on client
    type peer "reply $WORD from the first"
    expect client "127.0.0.1:43211: $WORD from the first"
    has_gone_on client
    type second "send $CLIENT $WORD once more"
    expect client "127.0.0.2:43299: $WORD once more"
}

@test "the wait for a first reply ends at the deadline [5]" {
    read_on task-3-wait-but-not-for-ever
    start_patient client udpbroadcast $EVERYBODY
    type client "hello"
    expect client "send bytes: 5"
    wait_for client

    expect_error client "nobody answered"
    expect_status client 1
    expect_waited client $((DEADLINE * 450 - 50))
    expect_no_call client recv failing ECONNREFUSED
}

# Alice can send to the group, and a scripted member of it is on Bob's host.
a_member_on_the_lan() {
    host alice 10.0.0.1
    host bob 10.0.0.2
    on bob start member peer
    type member "bind 0.0.0.0:43211"
    type member "join $GROUP"
    expect member "joined $GROUP"
}

# Replies keep coming as long as the client waits: it must end all the same.
replies_keep_coming() {
    local peer=$1 client=$2 patience=$((DEADLINE * 2)) begun=$SECONDS
    while ((SECONDS - begun < patience)); do
        type "$peer" "reply Hi"
        next_line "$peer" || true # "replied 2 bytes"
        next_line "$client" || break
        sleep 0.05 # the pace of the replies: a tenth of the deadline, or less
    done

    [[ -n ${STATUS[$client]} ]] || fail "timed out" "$client ends at its deadline, although replies keep coming" \
        "replies kept coming, and after $patience s it still waits for more"
    expect_status "$client" 0
}

@test "one deadline ends the whole wait, however many replies come [5]" {
    read_on task-3-wait-but-not-for-ever
    client_and_peer start_hasty
    replies_keep_coming peer client

    private_networks_allowed || return 0 # for the group
    a_member_on_the_lan
    on alice start_hasty other udpmulticast $GROUP
    type other "hello"
    type member "receive"
    expect member "received hello from *"
    replies_keep_coming member other
}

@test "a missing route is reported [5]" {
    read_on which-address-is-everybody
    needs_private_network
    unset UDPLAB_TIMEOUT_MS # as in a terminal of your own
    start client udpbroadcast 255.255.255.255
    type client "hello"
    wait_for client

    expect_call client send failing ENETUNREACH
    expect_error client "sendto failed: Network is unreachable (101)"
    expect_status client 1
}

@test "an empty line, a NUL byte and a line of 4095 bytes arrive unchanged [5]" {
    read_on task-2-send-to-everybody
    local long
    long=$(printf 'x%.0s' {1..4095})
    start_server server udpserver
    start_patient third udpbroadcast $EVERYBODY
    printf 'a\0bc\n' >&"${IN[third]}"
    expect third "send bytes: 4"
    leave third
    start_patient client udpbroadcast $EVERYBODY
    type client "$long"
    expect client "send bytes: 4095"
    expect client "127.0.0.1:43211: Hi, $long"
    leave client
    start_patient other udpbroadcast $EVERYBODY
    type other ""
    expect other "send bytes: 0"
    expect other "127.0.0.1:43211: Hi,"
}

@test "a reply that is longer than the buffer does not overflow it [5]" {
    read_on task-4-receive-and-say-who-it-is-from
    start peer peer
    type peer "bind 0.0.0.0:43211"
    expect peer "bound 0.0.0.0:43211"
    UDPLAB_TIMEOUT_MS=$((DEADLINE * 450)) start_sanitized client udpbroadcast $EVERYBODY
    receives_a_long_reply peer client

    private_networks_allowed || return 0 # for the group
    a_member_on_the_lan
    UDPLAB_TIMEOUT_MS=$((DEADLINE * 450)) on alice start_sanitized other udpmulticast $GROUP
    receives_a_long_reply member other
}

@test "every member's reply is printed with the member's own address [10]" {
    read_on task-5-send-to-a-group
    everybody_has_received udpmulticast $GROUP
    expect client "send bytes: 5"
    type bob "reply $WORD from bob"
    expect client "10.0.0.2:43211: $WORD from bob"
    has_gone_on client
    type carol "reply $WORD from carol"
    expect client "10.0.0.3:43211: $WORD from carol"

    expect_wire client udp to $GROUP:43211 of "hello"
    expect_call client recv from 10.0.0.2:43211 of "$WORD from bob"
}

@test "no member's reply is refused [5]" {
    read_on why-a-connected-socket-hears-nobody
    everybody_has_received udpmulticast $GROUP
    both_replies_are_received
}

@test "a group without members is silent: nobody answered [5]" {
    read_on task-5-send-to-a-group
    needs_private_network
    host alice 10.0.0.1
    UDPLAB_TIMEOUT_MS=100 on alice start client udpmulticast $GROUP
    type client "hello"
    expect client "send bytes: 5"
    wait_for client

    expect_error client "nobody answered"
    expect_status client 1
    expect_no_call client recv failing ECONNREFUSED
}

@test "Valgrind finds no memory error and no leak [5]" {
    read_on task-4-receive-and-say-who-it-is-from
    needs_private_network # for the group
    expect_clean_memory
}
