# What lab 05 teaches of a socket that connects to the broadcast address, asked of the kernel: an answer that does it
# right never connects, so no graded test can see this.
bats_require_minimum_version 1.5.0

LAB=05-broadcast
# shellcheck source=tests/bench/scene.bash
source "${BATS_TEST_DIRNAME%/*}/bench/scene.bash"
# shellcheck source=tests/bench/recording.bash
source "$TOP/tests/bench/recording.bash"

setup_file() {
    make --no-print-directory -s -C "$TOP" everything 3>&-
}

setup() {
    set +T # bats' look at each command makes the waits slow
    private_networks_allowed || skip "this machine allows no private networks"
    scene_begin "$BATS_TEST_TMPDIR"
}

teardown() {
    [[ -z ${SCENE-} ]] || scene_end
}

# The verbs call it.
fail() {
    printf '%s\n' "$@"
    ladder --colour never
    return 1
}

fail_running() {
    fail failed "$2" "$(cat "$SCENE/$1.printed" "$SCENE/$1.err")"
}

@test "connected to everybody, it is heard by all, hears nobody, and port unreachable goes back to each who replied" {
    local name
    host alice 10.0.0.1
    host bob 10.0.0.2
    host carol 10.0.0.3
    host dave 10.0.0.4
    for name in bob carol dave; do on "$name" start_server "$name" udpserver; done

    on alice start alice peer
    type alice "broadcast"
    expect alice "may broadcast"
    type alice "connect 10.0.0.255:43211"
    expect alice "connected 10.0.0.255:43211"
    type alice "send 10.0.0.255:43211 hello"
    expect alice "sent 5 bytes"
    for name in bob carol dave; do expect "$name" "send bytes: 9"; done
    type alice "look"
    expect alice "receive failed: EAGAIN"
    finish alice
    packets_written

    recording_has packet alice udp to 10.0.0.255:43211 of hello times 1
    recording_has packet alice icmp saying "port unreachable" times 3
    for name in 2 3 4; do
        recording_has packet alice icmp to "10.0.0.$name" from 10.0.0.1 saying \
            "port unreachable" about 10.0.0.1:"$(asked_from)" times 1
    done
}

# The port that the question came from.
asked_from() {
    tell 'packets[] | select(.payload == "hello") | .src | split(":")[1]'
}
