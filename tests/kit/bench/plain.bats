# What an ordinary bats file asks of lab 02's program: it prints this, and ends with that. tests/bench/bench-cost
# measures the bench beside it. SOLUTIONS is a folder.
# shellcheck disable=SC2030,SC2031,SC2153  # each test is a function of its own; the variables come from outside

PROGRAM=$SOLUTIONS/02-connected-client/udpconnectclient
SERVER=$SOLUTIONS/01-unconnected-client/udpserver
export PROGRAM

start_server() {
    "$SERVER" >"$BATS_TEST_TMPDIR/server" 3>&- &
    server=$!
    until grep -q ":A8CB " /proc/net/udp; do sleep 0.01; done # port 43211
}

teardown() {
    [[ -z ${server-} ]] || kill "$server"
}

prints() {
    grep -qxF -- "$1" <<<"$output"
}

@test "lines are sent and replies are printed" {
    start_server
    run "$PROGRAM" 127.0.0.1 <<<$'g1\na longer line\ng3'
    [ "$status" -eq 0 ]
    prints "now sending g1"
    prints "Hi, g1"
    prints "Hi, a longer line"
    prints "Hi, g3"
}

@test "a refused datagram is reported" {
    run "$PROGRAM" 127.0.0.1 <<<"g1"
    [ "$status" -eq 1 ]
    prints "recv failed: Connection refused (111)"
}

@test "a server that has stopped is noticed" {
    start_server
    run bash -c '(echo g1; sleep 0.1; kill "$1"; sleep 0.05; echo g2) | "$PROGRAM" 127.0.0.1' - "$server"
    server=''
    [ "$status" -eq 1 ]
    prints "recv failed: Connection refused (111)"
}

@test "two clients get their own replies" {
    start_server
    (echo g1; sleep 0.1; echo g3) | "$PROGRAM" 127.0.0.1 >"$BATS_TEST_TMPDIR/first" 3>&- &
    run "$PROGRAM" 127.0.0.1 <<<"g2"
    prints "Hi, g2"
    wait "$!"
    grep -qx "Hi, g3" "$BATS_TEST_TMPDIR/first"
}

@test "an empty line and a long one arrive" {
    local long
    long=$(printf 'x%.0s' {1..4095})
    start_server
    run "$PROGRAM" 127.0.0.1 <<<$'\n'"$long"
    [ "$status" -eq 0 ]
    prints "send bytes: 0"
    prints "Hi, $long"
}

@test "a NUL byte is sent" {
    start_server
    run bash -c 'printf "a\0b\n" | "$PROGRAM" 127.0.0.1'
    prints "send bytes: 3"
}

@test "a deadline ends the wait" {
    start_server
    kill -STOP "$server"
    UDPLAB_TIMEOUT_MS=300 run "$PROGRAM" 127.0.0.1 <<<"g1"
    kill -CONT "$server"
    [ "$status" -eq 1 ]
    prints "recv failed: Resource temporarily unavailable (11)"
}

@test "Valgrind finds nothing" {
    start_server
    run valgrind -q --leak-check=full --error-exitcode=9 "$PROGRAM" 127.0.0.1 <<<$'g1\ng2'
    [ "$status" -eq 0 ]
}
