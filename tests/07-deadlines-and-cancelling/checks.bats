# 07-deadlines-and-cancelling: how does one stop waiting?

load ../bench/bench

answers udpecho
SERVER=127.0.0.1:43211

# A question that is not to end by its deadline, and is not asked again as long as a test may take.
LONG=$((8 * 20 * 1000))

# start_asking ADDRESS: the client, with a deadline that plays no part.
start_asking() {
    UDPLAB_TIMEOUT_MS=$LONG start client udpecho "$1"
}

# A scripted peer in the server's place. It answers only when it is told to.
start_peer() {
    start peer peer
    type peer "bind $SERVER"
    expect peer "bound $SERVER"
}

ask() {
    type client "$1"
    expect client "send bytes: ${#1}"
}

peer_receives() {
    type peer "receive"
    expect peer "received $1 from *"
}

peer_says() {
    type peer "reply $1"
    expect peer "replied *"
}

# Whether a program that has gone on sees its answer, and still waits for lines.
expect_answer() {
    peer_receives "$1"
    peer_says "Hi, $1"
    expect client "Hi, $1"
}

# expect_sleep PROGRAM MOST: a wait that returns at once, again and again, is none. It had a reason to wake up MOST
# times, and after each it took what was there.
expect_sleep() {
    local waits idle
    waits=$(tell '[calls($lane)[] | select(is_wait)] | length' "$1")
    idle=$(tell 'calls($lane) | [range(1; length) as $i
        | select((.[$i] | is_wait) and (.[$i - 1] | is_wait and .result > 0))] | length' "$1")
    ((waits <= $2 && idle <= 3)) ||
        fail failed "$1 sleeps while nothing happens" "one wait after the other, which returned at once"
}

# After each send that found no room, the next wait waits for it.
expect_waits_for_room() {
    local deaf
    deaf=$(tell '[calls($lane)[] | select(is_wait or .action == "send")] | first(range(1; length) as $i
        | select(.[$i - 1].action == "send" and .[$i - 1].errno == "EAGAIN") | .[$i]
        | select(is_wait and .watched != null and (any(.watched[]; .events // "" | test("POLLOUT|writable")) | not))
        | brief_wait) // ""' "$1")
    [[ -z $deaf ]] || fail failed "$1 waits for room in the send buffer (POLLOUT)" "$deaf"
}

# From its first datagram to its end, at least so many milliseconds: none too early.
expect_patience() {
    local took
    took=$(tell 'calls($lane) | ([.[] | select(.action == "send" and .result != null)][0].t) as $sent
        | (.[-1].t - $sent) * 1000 | round' "$1")
    ((took >= $2)) || fail failed "$1 waits $2 ms for an answer, all tries together" "$(calls_of "$1")"
}

# No wait may end later than so many milliseconds after the question. What the machine took before each wait is left
# out.
expect_no_wait_beyond() {
    local latest
    latest=$(tell 'calls($lane) | ([.[] | select(.action == "send" and .result != null)][0].t) as $sent
        | [.[] | select(is_wait and .timeout != null and .t > $sent) | (.t + .timeout - $sent) * 1000]
        | max // 0 | round' "$1")
    ((latest < $2 * 3 / 2)) || fail failed "$1 waits $2 ms for an answer, all tries together" "$(calls_of "$1")"
}

under_valgrind() {
    start_peer
    start_asking 127.0.0.1
    ask "g1"
    expect_answer "g1"
    ask "g2"
    type client "."
    expect client "cancelled"
    finish client
}

@test "the answer to a question ends the wait, and each question is sent once [5]" {
    read_on task-7-one-deadline-for-the-whole-question
    start_peer
    start_asking 127.0.0.1
    ask "g1"
    expect_answer "g1"
    ask "a longer question"
    expect_answer "a longer question"
    finish client

    expect_printed client "answered 2 of 2"
    expect_status client 0
    expect_call client connect to $SERVER before send
    expect_wire client udp to $SERVER times 2
    expect_sleep client 15
}

@test "nobody answers: asked four times, and given up when the deadline is over [10]" {
    read_on task-7-one-deadline-for-the-whole-question
    start_peer
    UDPLAB_TIMEOUT_MS=600 start client udpecho 127.0.0.1
    type client "g1"
    end_input client
    expect_complaint client "no answer within 600 ms"
    wait_for client

    expect_printed client "answered 0 of 1"
    expect_status client 1
    expect_wire client udp to $SERVER of "g1" times 4
    expect_patience client 590
    expect_no_wait_beyond client 600
    expect_sleep client 15
}

@test "a question is asked again when its first try is lost, and answered [5]" {
    read_on task-7-one-deadline-for-the-whole-question
    start_peer
    UDPLAB_TIMEOUT_MS=$((DEADLINE * 1200)) start client udpecho 127.0.0.1
    ask "g1"
    peer_receives "g1"
    peer_receives "g1"
    peer_says "Hi, g1"
    expect client "Hi, g1"
    finish client

    expect_printed client "answered 1 of 1"
    expect_status client 0
    expect_sleep client 15
}

@test "datagrams that are no answer give a question no more time [10]" {
    read_on why-one-deadline
    local count=0
    start_peer
    UDPLAB_TIMEOUT_MS=1000 start client udpecho 127.0.0.1
    ask "g1"
    peer_receives "g1"
    # Others keep coming, until the client gives up.
    until stage said client "no answer within 1000 ms"; do
        ((count++ < 100)) ||
            fail failed "client says on standard error: no answer within 1000 ms" \
                "$count datagrams later it still waits: $(calls_of client | tail -n 1)"
        peer_says "Hi, you"
        sleep 0.05
    done
    finish client

    expect_sleep client $((count + 15))
    expect_not_printed client "Hi, you"
    expect_printed client "answered 0 of 1"
    expect_status client 1
}

@test "a dot cancels a question at once, and its late answer is not taken for the next one's [10]" {
    read_on task-6-is-it-the-answer
    start_peer
    start_asking 127.0.0.1
    ask "g1"
    peer_receives "g1"
    type client "."
    expect client "cancelled"
    # No question waits, so nobody looks at them.
    peer_says "Hi, g1"
    peer_says "Hi, g1"
    peer_says "Hi, g1"
    sleep 0.1 # a client that looks at them all the same cannot sleep
    ask "g2"
    peer_says "Hi, g1"
    peer_says "Hi, g2, or another one"
    expect_answer "g2"
    finish client

    expect_not_printed client "Hi, g1"
    expect_not_printed client "Hi, g2, or another one"
    expect_sleep client 30
    expect_printed client "answered 1 of 2"
    expect_status client 0
}

@test "a line that comes while a question waits is the next question, and none is lost [5]" {
    read_on task-4-cancel-or-the-next-question
    start_peer
    start_asking 127.0.0.1
    ask "first"
    type client "second"
    type client "third"
    expect_answer "first"
    expect_answer "second"
    expect_answer "third"
    finish client

    expect_printed client "answered 3 of 3"
    expect_status client 0
    expect_wire client udp to $SERVER times 3
    expect_sleep client 20
}

@test "the end of the input lets the last question wait for its answer [5]" {
    read_on task-4-cancel-or-the-next-question
    start_peer
    start_asking 127.0.0.1
    ask "g1"
    end_input client
    expect_answer "g1"
    wait_for client

    expect_printed client "answered 1 of 1"
    expect_status client 0
    expect_sleep client 15
}

@test "Ctrl-C ends the program while a question waits [5]" {
    read_on task-2-ctrl-c
    start_peer
    start_asking 127.0.0.1
    ask "g1"
    peer_receives "g1"
    interrupt client

    expect_printed client "answered 0 of 1"
    expect_no_error client
    expect_status client 0
}

@test "Ctrl-C that comes between two waits is not lost [10]" {
    read_on task-2-ctrl-c
    start_peer
    start_asking 127.0.0.1
    # Half a line: the program has left its wait, and reads.
    printf 'half' >&"${IN[client]}"
    await_call client 'read(0, "f"' "client reads the line that has begun"
    signal_program INT client
    type client " a line"
    wait_for client

    expect_printed client "answered 0 of 1"
    expect_no_error client
    expect_status client 0
}

@test "a program that is stopped and goes on has lost nothing [5]" {
    read_on task-3-one-wait-for-everything
    start_peer
    start_asking 127.0.0.1
    ask "g1"
    peer_receives "g1"
    pause client
    resume client
    peer_says "Hi, g1"
    expect client "Hi, g1"
    finish client

    expect_no_error client
    expect_status client 0
}

# Bob is off, and alice's kernel does not stop looking for him: her send buffer fills with what cannot leave.
unreachable_bob() {
    needs_private_network
    host alice 10.0.0.1
    host bob 10.0.0.2
    sysctl_on alice net.ipv4.neigh.eth0.mcast_solicit 10000
    sysctl_on alice net.ipv4.neigh.eth0.retrans_time_ms 100
    SERVER=10.0.0.2:43211 on bob start_peer
    switch_off bob
    BIG=$(printf 'x%.0s' {1..100})
}

@test "a full send buffer keeps nobody from cancelling, and the question leaves when there is room [10]" {
    read_on task-5-send-if-there-is-room
    unreachable_bob
    on alice start_asking 10.0.0.2
    local number
    for number in {1..12}; do
        type client "$number $BIG"
        type client "."
        expect client "cancelled"
    done
    type client "last $BIG"
    expect client "now sending last *"
    # Nobody answers the cancelled questions: an answer would wake a client that does not wait for room.
    switch_on bob
    expect client "send bytes: $((5 + ${#BIG}))"
    type peer "receive"
    expect peer "received 1 *"
    peer_says "Hi, last $BIG"
    expect client "Hi, last *"
    finish client

    expect_waits_for_room client
    expect_printed client "answered 1 of 13"
    expect_no_error client
    expect_status client 0
}

@test "the deadline counts for a question that cannot even be sent [5]" {
    read_on task-5-send-if-there-is-room
    unreachable_bob
    UDPLAB_TIMEOUT_MS=200 on alice start client udpecho 10.0.0.2
    local number
    for number in {1..4}; do
        type client "$number $BIG"
    done
    finish client

    expect_error client "no answer within 200 ms"
    expect_printed client "answered 0 of 4"
    expect_status client 1
    expect_sleep client 60
}

@test "a send that fails for another reason is reported [5]" {
    read_on task-5-send-if-there-is-room
    needs_private_network
    host alice 10.0.0.1
    host bob 10.0.0.2
    SERVER=10.0.0.2:43211 on bob start_peer
    on alice start_asking 10.0.0.2
    ask "g1"
    peer_receives "g1"
    type client "."
    expect client "cancelled"
    ip_on alice address flush dev eth0
    type client "g2"
    wait_for client

    expect_error client "send failed: Network is unreachable (101)"
    expect_status client 1
}

@test "a refusal is reported [5]" {
    read_on task-6-is-it-the-answer
    start_asking 127.0.0.1
    type client "g1"
    wait_for client

    expect_error client "recv failed: Connection refused (111)"
    expect_status client 1
}

@test "Valgrind finds no memory error and no leak [5]" {
    read_on task-6-is-it-the-answer
    expect_clean_memory
}
