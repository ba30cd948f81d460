# The hosts that a scene can have: in several networks, behind routers, with rules, switched off.
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
    private_networks_allowed || skip "this machine allows no private networks"
    scene_begin "$BATS_TEST_TMPDIR"
}

teardown() {
    [[ -z ${SCENE-} ]] || scene_end
}

# The verbs call these.
fail() {
    printf '%s\n' "$@"
    [[ ! -d $RECORDING ]] || "$SCOPE" draw --colour never "$RECORDING"
    return 1
}

fail_running() {
    fail failed "$2" "$(cat "$SCENE/$1.printed" "$SCENE/$1.err")"
}

# asks HOST ADDRESS OUTCOME: what becomes of a datagram to a server there; talk.c tells.
asks() {
    local name=asker$((++ASKED))
    UDPLAB_TIMEOUT_MS=$((DEADLINE * 1000)) on "$1" start "$name" peer
    type "$name" "connect $2"
    expect "$name" "connected $2"
    type "$name" "send $2 hello"
    expect "$name" "sent 5 bytes"
    type "$name" "receive"
    expect "$name" "$3"
}

@test "hosts in two networks hear each other by way of a router, which the packets pass" {
    host alice 10.0.0.1
    host bob 10.1.0.1
    router rita 10.0.0.254 10.1.0.254
    ip_on alice route add 10.1.0.0/24 via 10.0.0.254
    ip_on bob route add 10.0.0.0/24 via 10.1.0.254
    on bob start_server server udpserver
    asks alice 10.1.0.1:43211 "received Hi, hello from 10.1.0.1:43211"
    packets_written
    recording_has packet asker1 udp of hello from 10.0.0.1 to 10.1.0.1:43211
    [ -s "$RECORDING/rita.pcapng" ]
}

@test "a router with a small MTU says so, by IPv4 and by IPv6" {
    host alice 10.0.0.1 fd00:0::1
    host bob 10.1.0.1 fd00:1::1
    router rita 10.0.0.254 10.1.0.254 fd00:0::fe fd00:1::fe
    ip_on rita link set eth1 mtu 1280
    ip_on alice route add 10.1.0.0/24 via 10.0.0.254
    ip_on alice route add fd00:1::/64 via fd00:0::fe
    on alice launch four bash -c 'printf "%01400d" 0 >/dev/udp/10.1.0.1/9'
    on alice launch six bash -c 'printf "%01400d" 0 >/dev/udp/fd00:1::1/9'
    wait_for four
    wait_for six
    packets_written
    recording_has packet four icmp from 10.0.0.254
    recording_has packet six icmpv6 from fd00::fe
}

@test "a host that is switched off is not found, and found again when it is on" {
    host alice 10.0.0.1
    host bob 10.0.0.2
    on bob start_server server udpserver
    switch_off bob
    on alice start early peer
    type early "send 10.0.0.2:43211 into the dark"
    expect early "sent 13 bytes"
    switch_on bob
    asks alice 10.0.0.2:43211 "received Hi, hello from 10.0.0.2:43211"
}

@test "what is sent to a host that is off waits for its neighbour in vain, and never leaves" {
    host alice 10.0.0.1
    host bob 10.0.0.2
    switch_off bob
    ip_on alice link set eth0 up
    sysctl_on alice net.ipv4.neigh.eth0.retrans_time_ms 50
    on alice launch early bash -c 'exec 9<>/dev/udp/10.0.0.2/9; printf x >&9; while ! ip neigh show 10.0.0.2 | grep -q FAILED; do :; done'
    wait_for early
    packets_written
    recording_has packet early arp
    recording_lacks packet early udp
}

@test "rules of nft hold on the host that has them" {
    host alice 10.0.0.1
    host bob 10.0.0.2
    host carol 10.0.0.3
    on bob start_server server udpserver
    nft_on bob 'table inet filter {
        chain in { type filter hook input priority 0;
            ip saddr 10.0.0.3 udp dport 43211 reject with icmp type admin-prohibited; }
    }'
    asks alice 10.0.0.2:43211 "received Hi, hello from 10.0.0.2:43211"
    asks carol 10.0.0.2:43211 "receive failed: EHOSTUNREACH"
}

@test "a sysctl is set on one host, and a wrong one is named" {
    host alice 10.0.0.1
    host bob 10.0.0.2
    sysctl_on bob net.ipv4.icmp_echo_ignore_all 1
    on alice launch a cat /proc/sys/net/ipv4/icmp_echo_ignore_all
    on bob launch b cat /proc/sys/net/ipv4/icmp_echo_ignore_all
    expect a 0
    expect b 1
    run sysctl_on bob net.ipv4.nothing 1
    [[ $output == *"sysctl net.ipv4.nothing 1: No such file or directory"* ]]
}

@test "an asymmetric path: the answer leaves by another network, and a strict reverse path filter drops the question" {
    host alice 10.0.0.1 10.1.0.1
    host bob 10.0.0.2 10.1.0.2
    on bob start_server server udpserver 10.0.0.2
    ip_on alice route add 10.0.0.2/32 via 10.1.0.2 src 10.1.0.1
    ip_on bob route add 10.1.0.1/32 dev eth0
    asks alice 10.0.0.2:43211 "received Hi, hello from 10.0.0.2:43211"
    sysctl_on bob net.ipv4.conf.all.rp_filter 1
    on alice start unheard peer
    type unheard "send 10.0.0.2:43211 lost"
    expect unheard "sent 4 bytes"
    packets_written
    recording_has packet server udp of lost || fail failed "it arrived at bob's host" ""
    recording_lacks call server recv of lost
}

@test "a link-local address is one with a scope, and multicast is heard by the others" {
    host alice 10.0.0.1 fe80::1
    host bob 10.0.0.2 fe80::2
    on alice launch a bash -c 'printf x >/dev/udp/fe80::2%eth0/9'
    wait_for a
    on alice launch b bash -c 'printf everybody >/dev/udp/224.0.0.1/43211'
    wait_for b
    packets_written
    recording_has packet a udp of x to "[fe80::2]:9"
    recording_has packet b udp of everybody
    grep -qa everybody "$RECORDING/bob.pcapng"
}

@test "the very first datagram arrives, whoever sends it" {
    local i
    for i in 1 2 3 4 5; do
        host "a$i" "10.0.$i.1"
        host "b$i" "10.0.$i.2"
        asks "a$i" "10.0.$i.2:43211" "receive failed: ECONNREFUSED"
    done
}

@test "every datagram to a dead port is answered by an ICMP error, not only the first six" {
    local i
    host alice 10.0.0.1 fd00::1
    host bob 10.0.0.2 fd00::2
    on alice start peer peer
    type peer "connect 10.0.0.2:43211"
    expect peer "connected 10.0.0.2:43211"
    for i in {1..40}; do
        type peer "send 10.0.0.2:43211 hello"
        type peer "receive"
        expect peer "receive failed: ECONNREFUSED"
    done
}

@test "a folder under /run, which a private /run would cover, is refused" {
    scene_end
    [[ -w /run ]] || skip "nobody but root has a folder right under /run"
    local folder
    folder=$(mktemp -d /run/stage.XXXXXX)
    scene_begin "$folder"
    run host alice 10.0.0.1
    scene_end
    rm -r "$folder"
    [[ $output == *"lies under /run"* ]]
}

# sent_through NUMBER FAULT...: a host sends 1 to 40 to another one, whose cable is bad. HEARD is what arrives there,
# sorted: a datagram stands where it was sent, and its duplicate, which nobody sent, where it arrived.
sent_through() {
    local i hosts=("from$1" "to$1") net=10.0.$1
    host "${hosts[0]}" "$net.1"
    host "${hosts[1]}" "$net.2"
    faults_on "${hosts[1]}" "${@:2}"
    on "${hosts[0]}" start "sender$1" peer
    for i in {1..40}; do
        type "sender$1" "send $net.2:9 $i"
        expect "sender$1" "sent ${#i} bytes"
    done
    # Whatever is not UDP passes, behind all that went before.
    on "${hosts[0]}" launch "knocks$1" bash -c ": </dev/tcp/$net.2/9"
    wait_for "knocks$1"
    HEARD=$(tell "packets | map(select(.proto == \"UDP\" and .to_host == \"to$1\")) | map(.payload | tonumber)
        | sort | join(\" \")")
}

@test "a bad cable loses and duplicates by its seed: the same seed, the same datagrams" {
    local first
    sent_through 1 seed=7 lose=30 duplicate=20
    first=$HEARD
    [[ -n $first && $first != "$(seq -s " " 40)" ]]
    sent_through 2 seed=7 lose=30 duplicate=20
    [ "$HEARD" = "$first" ]
    sent_through 3 seed=8 lose=30 duplicate=20
    [ "$HEARD" != "$first" ]
    sent_through 4
    [ "$HEARD" = "$(seq -s " " 40)" ]
}

@test "a bad cable reorders, and what is overtaken comes all the same" {
    local i port heard=
    host alice 10.0.0.1
    host bob 10.0.0.2
    faults_on bob seed=3 reorder=30
    on bob start bob peer
    type bob "bind 10.0.0.2:9"
    expect bob "bound 10.0.0.2:9"
    on alice start alice peer
    for i in {1..40}; do
        type alice "send 10.0.0.2:9 $i"
        expect alice "sent ${#i} bytes"
    done
    port=$(tell 'first(packets[] | select(.payload == "1")) | .src | split(":")[1]')
    for i in {1..40}; do
        type bob "receive"
        expect bob "received * from 10.0.0.1:$port"
        heard+=$MATCH$'\n'
    done
    [ "$heard" != "$(seq 40)"$'\n' ]
    [ "$(sort -n <<<"$heard" | sed 1d)" = "$(seq 40)" ]
}

@test "a slow cable delays the question, and the answer" {
    host alice 10.0.0.1
    host bob 10.0.0.2
    faults_on bob delay=200
    on bob start_server server udpserver
    asks alice 10.0.0.2:43211 "received Hi, hello from 10.0.0.2:43211"
    packets_written
    [ "$(tell '[packets[] | select(.payload == "hello" or .payload == "Hi, hello").t] | .[1] - .[0] >= 0.2')" = true ]
    run -1 faults_on bob lose=101
    run -1 faults_on alice lose=101
    [[ $output == *"'lose=101' is no fault: "* ]]
}
