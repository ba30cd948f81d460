# 06-pending-errors: which call hears the refusal, and what does it cost?

load ../bench/bench

answers udpreporter
SERVER=127.0.0.1:43211

# The reporter waits for late errors at its end. Few tests are about that wait: in the others it may be short.
start_reporter() {
    UDPLAB_TIMEOUT_MS=200 start reporter udpreporter 127.0.0.1
}

# Late errors come in at the test's command: this leaves it the time.
start_patient() {
    UDPLAB_TIMEOUT_MS=$((DEADLINE * 450)) start reporter udpreporter 127.0.0.1
}

# A scripted peer in the server's place. It reads only when it is told to, but its socket takes every datagram.
start_peer() {
    start peer peer
    type peer "bind $SERVER"
    expect peer "bound $SERVER"
}

report_line() {
    type reporter "$1"
    expect reporter "send bytes: ${#1}"
}

peer_receives() {
    type peer "receive"
    expect peer "received $1 from *"
}

# Calls that return at once, again and again, are no wait: neither poll nor the question for an error.
expect_sleep() {
    local calls
    calls=$(tell '[calls($lane)[] | select(is_wait or .name == "getsockopt")] | length' "$1")
    ((calls < 50)) || fail failed "$1 sleeps while nothing happens" "one call after the other, which returned at once"
}

under_valgrind() {
    export UDPLAB_TIMEOUT_MS=200
    start reporter udpreporter 127.0.0.1
    report_line "g1"
    expect_complaint reporter "a line up to 1 did not arrive: Connection refused (111)"
    report_line "g2"
    finish reporter
}

@test "the socket has its peer before the first line is sent [5]" {
    read_on task-1-fix-the-peer
    start_peer
    start_reporter
    report_line "g1"
    peer_receives "g1"
    finish reporter

    expect_call reporter connect to $SERVER before send
    expect_wire reporter udp to $SERVER of "g1" times 1
}

@test "a connect that fails is reported, and nothing is sent [5]" {
    read_on task-1-fix-the-peer
    UDPLAB_TIMEOUT_MS=200 start reporter udpreporter 127.255.255.255 # everybody here, which needs a permission
    type reporter "g1"
    finish reporter

    expect_call reporter connect failing EACCES
    expect_error reporter "connect failed: Permission denied (13)"
    expect_no_call reporter send
    expect_status reporter 1
}

@test "each line becomes one datagram, and no error is reported while the server runs [10]" {
    read_on task-2-send-the-line
    start_peer
    start_reporter
    report_line "g1"
    report_line "a longer line"
    report_line "g3"
    finish reporter

    expect_printed reporter "now sending a longer line"
    expect_printed reporter "lines sent: 3, errors reported: 0"
    expect_no_error reporter
    expect_status reporter 0
    expect_wire reporter udp to $SERVER of "a longer line" times 1
    expect_wire reporter udp to $SERVER times 3
}

@test "nobody listens: every line is sent all the same, not every second one [10]" {
    read_on why-every-second-line-is-lost
    start_reporter
    type reporter $'g1\ng2\ng3\ng4\ng5\ng6'
    finish reporter

    expect_wire reporter udp to $SERVER times 6
    expect_printed reporter "send bytes: 2"
    expect_status reporter 1
}

@test "a server that starts after a refusal gets the very next line, once [5]" {
    read_on why-every-second-line-is-lost
    start_reporter
    report_line "g1"
    start_peer
    report_line "g2"
    peer_receives "g2"
    report_line "g3"
    peer_receives "g3"
    finish reporter

    expect_wire reporter udp to $SERVER of "g2" times 1
    expect_wire reporter udp to $SERVER of "g3" times 1
    expect_call reporter connect times 1
}

@test "a refusal is reported for the lines up to the last one sent, never for the next one [10]" {
    read_on task-3-say-what-the-error-is-about
    start_peer
    start_patient
    report_line "g1"
    peer_receives "g1"
    report_line "g2"
    peer_receives "g2"
    type peer "refuse"
    expect peer "refused *"
    report_line "g3"
    finish reporter

    expect_error reporter "a line up to 2 did not arrive: Connection refused (111)"
    expect_printed reporter "lines sent: 3, errors reported: 1"
    expect_wire reporter udp to $SERVER of "g3" times 1
    expect_status reporter 1
}

@test "a refusal is reported at once, also while no line comes [10]" {
    read_on task-6-wait-for-input-and-errors
    start_reporter
    report_line "g1"
    expect_complaint reporter "a line up to 1 did not arrive: Connection refused (111)"
    report_line "g2"
    expect_complaint reporter "a line up to 2 did not arrive: Connection refused (111)"
    finish reporter

    expect_printed reporter "lines sent: 2, errors reported: 2"
}

@test "refusals that come between any two calls cost no line [10]" {
    read_on task-4-whose-error-is-it
    needs_private_network
    local count=0
    start_peer
    start_patient
    report_line "first"
    peer_receives "first"
    # Until one came between the question for errors and the send: that is up to who is quicker.
    until recording_has call reporter send failing ECONNREFUSED || ((count > 90)); do
        type peer "refuse 60"
        for _ in 1 2 3; do
            type reporter "line $((++count)), which takes a while to read"
        done
        expect peer "refused *"
    done
    finish reporter

    needs_packets
    recording_has packet reporter udp to $SERVER times $((1 + count)) ||
        fail failed "every line leaves once, whatever errors come in between" "more lines, or fewer"
}

@test "an error of the line itself is not taken for an earlier line's [10]" {
    read_on task-4-whose-error-is-it
    needs_private_network
    host alice 10.0.0.1
    host bob 10.0.0.2
    on bob start peer peer
    type peer "bind 10.0.0.2:43211"
    expect peer "bound 10.0.0.2:43211"
    UDPLAB_TIMEOUT_MS=200 on alice start reporter udpreporter 10.0.0.2
    report_line "g1"
    ip_on alice address flush dev eth0
    type reporter "g2"
    wait_for reporter

    expect_error reporter "send failed: Network is unreachable (101)"
    expect_status reporter 1
}

@test "refusals that come after the last line are still reported [5]" {
    read_on task-7-wait-for-the-last-errors
    needs_private_network
    start_peer
    start_patient
    report_line "g1"
    peer_receives "g1"
    report_line "g2"
    peer_receives "g2"
    end_input reporter
    await_call reporter 'read(0, "", ' "reporter reads to the end of its input"
    type peer "refuse"
    expect_complaint reporter "a line up to 2 did not arrive: Connection refused (111)"
    type peer "refuse"
    wait_for reporter

    expect_printed reporter "lines sent: 2, errors reported: 2"
    expect_status reporter 1
}

@test "errors that keep coming give the wait no more time [5]" {
    read_on task-7-wait-for-the-last-errors
    needs_private_network
    local count=0
    start_peer
    UDPLAB_TIMEOUT_MS=600 start reporter udpreporter 127.0.0.1
    report_line "g1"
    peer_receives "g1"
    end_input reporter
    until stage call reporter 50 'write(1, "lines sent: 1, '; do
        ((count++ < 60)) ||
            fail failed "reporter ends 600 ms after its last line" \
                "$count refusals later it still waits: $(calls_of reporter | tail -n 1)"
        type peer "refuse"
        expect peer "refused *"
    done
    wait_for reporter

    expect_status reporter 1
}

@test "without an error the reporter ends at its deadline, replies or not [5]" {
    read_on task-7-wait-for-the-last-errors
    UDPLAB_TIMEOUT_MS=300 start reporter udpreporter 127.0.0.1
    # While the server starts, no line comes: the reporter sleeps.
    await_call reporter 'socket(AF_INET' "reporter makes its socket"
    start_server server udpserver
    report_line "g1"
    expect server "send bytes: 6"
    finish reporter

    expect_printed reporter "lines sent: 1, errors reported: 0"
    expect_status reporter 0
    expect_waited reporter 300
    expect_sleep reporter
}

@test "an empty line, a NUL byte and a line of 4095 bytes arrive unchanged [5]" {
    read_on task-2-send-the-line
    local long
    long=$(printf 'x%.0s' {1..4095})
    start_peer
    start_reporter
    type reporter ""
    expect reporter "send bytes: 0"
    peer_receives ""
    printf 'a\0b\n' >&"${IN[reporter]}"
    expect reporter "send bytes: 3"
    type reporter "$long"
    expect reporter "send bytes: 4095"
    type peer "receive"
    expect peer "received a*"
    peer_receives "$long"
    finish reporter

    expect_status reporter 0
}

@test "Valgrind finds no memory error and no leak [5]" {
    read_on task-5-take-the-pending-error
    expect_clean_memory
}
