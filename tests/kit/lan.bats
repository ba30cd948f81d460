# tests/facts/lan: hosts on a private LAN. What reaches a host is seen with bash's own UDP sockets,
# /dev/udp/ADDRESS/PORT; they are connected ones, so that a refusal is heard.
bats_require_minimum_version 1.5.0

setup() {
    LAN=$(cd "$BATS_TEST_DIRNAME/../facts" && pwd)/lan
    PRIVATE=(unshare -Urnmpf --kill-child --mount-proc)
    "${PRIVATE[@]}" true 2>/dev/null || skip "this system does not permit private networks"
}

# in_private <<END: runs the script on standard input in a private network.
in_private() {
    # shellcheck disable=SC2016
    run "${PRIVATE[@]}" bash -euc 'lan=$1 && eval "$2" && eval "$3"' bash "$LAN" "$(verbs)" "$(cat)" 3>&-
    printf '%s\n' "$output"
}

verbs() {
    cat <<'END'
lan() { "$lan" "$@"; }
on() { nsenter --net="/run/netns/$1" "${@:2}"; }

# How one datagram to a dead port ends: "refused", "silence", or "late". On a LAN that is not ready, who has the address
# is asked more than once, and the datagram leaves a second later. (The kernel counts the first question as one more
# than the three that it would put to a neighbour whom it knows.)
ask() {
    local said asked
    exec 9<>"/dev/udp/$1/43211" && printf hello >&9
    said=$(read -r -t 60 -u 9 2>&1) || true
    asked=$(ip -s neigh show to "$1" | grep -oE 'probes [0-9]+') || true
    [[ $said == *"Connection refused" ]] || { echo "silence $said"; return; }
    if ((${asked:+${asked#probes }} + 0 <= 4)); then echo refused; else echo "late: $asked"; fi
}
export -f ask
END
}

@test "a host has its address, its broadcast address, a route for multicast, and itself" {
    in_private <<'END'
lan host alice 10.0.0.2
on alice ip -4 -o address show eth0
on alice ip route
on alice bash -c 'ask 127.0.0.1; ask 10.0.0.2'
END
    [ "$status" -eq 0 ]
    [[ $output = *"inet 10.0.0.2/24 brd 10.0.0.255"*"224.0.0.0/4 dev eth0"*refused*refused* ]]
}

@test "another prefix is another network" {
    in_private <<'END'
lan host alice 172.16.5.2/16
on alice ip -4 -o address show eth0
lan hosts
END
    [ "$status" -eq 0 ]
    [[ $output = *"inet 172.16.5.2/16 brd 172.16.255.255"*"alice 172.16.5.2/16"* ]]
}

@test "the very first datagram arrives, whoever sends it" {
    local tries
    for ((tries = 5; tries > 0; tries--)); do
        in_private <<'END'
lan host alice 10.0.0.2 bob 10.0.0.3 carol 10.0.0.4
on alice bash -c 'ask 10.0.0.3'
on carol bash -c 'ask 10.0.0.2'
END
        [ "$status" -eq 0 ]
        [ "$output" = $'refused\nrefused' ]
    done
}

@test "hosts that came one by one hear each other, too" {
    in_private <<'END'
lan host alice 10.0.0.2
lan host bob 10.0.0.3
on bob bash -c 'ask 10.0.0.2'
lan host carol 10.0.0.4
on alice bash -c 'ask 10.0.0.4'
lan hosts
END
    [ "$status" -eq 0 ]
    [ "$output" = $'refused\nrefused\nalice 10.0.0.2/24\nbob 10.0.0.3/24\ncarol 10.0.0.4/24' ]
}

@test "every datagram to a dead port is answered by an ICMP error, not only the first six" {
    in_private <<'END'
lan host alice 10.0.0.2 bob 10.0.0.3
on alice bash -c 'for i in {1..80}; do ask 10.0.0.3; done'
END
    [ "$status" -eq 0 ]
    [ "$(grep -c refused <<<"$output")" -eq 80 ]
}

@test "multicast reaches the other hosts" {
    in_private <<'END'
lan host alice 10.0.0.2 bob 10.0.0.3 carol 10.0.0.4
received() { on "$1" awk '/^IpExt:/ && names { for (i = 1; i <= NF; i++) if (name[i] == "InMcastPkts") print $i }
    /^IpExt:/ && !names { names = split($0, name) }' /proc/net/netstat; }
on alice bash -c 'printf hello >/dev/udp/224.0.0.1/43211'
echo "bob $(received bob), carol $(received carol)"
END
    [ "$status" -eq 0 ]
    [[ $output = *"bob 1, carol 1" ]]
}

@test "the kernel adds nothing of its own to the wire: no device gives itself an IPv6 address" {
    in_private <<'END'
lan host alice 10.0.0.2
for device in br0 to-alice; do ip -d link show "$device"; done | grep -c 'addrgenmode none'
on alice ip -d link show eth0 | grep -c 'addrgenmode none'
END
    [ "$status" -eq 0 ]
    [ "$output" = $'2\n1' ]
}

@test "bad names, addresses and arguments are named, and nothing is made" {
    in_private <<'END'
try() { echo "-- $*"; local status=0; "$lan" "$@" 2>&1 || status=$?; [ $status = 2 ]; }
try
try hots
try host
try host alice
try host alice 10.0.0.2 bob
try hosts alice
try host 'a/b' 10.0.0.2
try host '' 10.0.0.2
try host 'alice; reboot' 10.0.0.2
try host a-name-that-is-long 10.0.0.2
for address in '' bob 10.0.0 10.0.0.256 10.0.0.02 10.0.0.2.1 ' 10.0.0.2' 10.0.0.0 10.0.0.255 \
    127.0.0.1 0.0.0.1 224.0.0.1 \
    10.0.0.2/ 10.0.0.2/33 10.0.0.2/7 10.0.0.2/24/24 10.0.0.2/x; do
    try host alice "$address"
done
try host bob 10.0.0.3 alice 10.0.0.999
[ -z "$(lan hosts)" ]
[ ! -e /proc/sys/net/ipv4/conf/br0 ]
END
    [ "$status" -eq 0 ]
    [[ ${lines[-1]} = "lan: '10.0.0.999' is not an IPv4 address (four numbers from 0 to 255, such as 10.0.0.2)" ]]
    [ "$(grep -c '^lan: ' <<<"$output")" -eq "$(grep -c '^--' <<<"$output")" ]
}

@test "a name or an address that is taken is refused, whether it is new or not" {
    in_private <<'END'
try() { local status=0; "$lan" "$@" 2>&1 || status=$?; [ $status = 2 ]; }
lan host alice 10.0.0.2
try host alice 10.0.0.3
try host bob 10.0.0.2
try host bob 10.0.0.2/16
try host bob 10.0.0.4 bob 10.0.0.5
try host bob 10.0.0.4 carol 10.0.0.4
lan hosts
END
    [ "$status" -eq 0 ]
    [[ ${lines[0]} = "lan: there is a host 'alice' already" &&
        ${lines[1]} = "lan: 10.0.0.2 belongs to 'alice' already" ]]
    [ "${lines[-1]}" = "alice 10.0.0.2/24" ]
    [ "${#lines[@]}" -eq 6 ]
}

@test "no LAN is made where something is not private" {
    [[ ! $(cat /proc/self/uid_map) =~ \ 1$ ]] || skip "the tests themselves run in a private namespace"
    local how
    for how in env "unshare -Ur" "unshare -Urn"; do
        # shellcheck disable=SC2086
        run $how "$LAN" host alice 10.0.0.2 3>&-
        echo "$how: $output"
        [ "$status" -eq 2 ]
        [[ $output = *"Begin with:"*"unshare -Urnmpf --kill-child --mount-proc bash" ]]
    done
    run unshare -Urm "$LAN" host alice 10.0.0.2 3>&-
    [ "$status" -eq 2 ]
    [[ $output = *"could not connect alice to the bridge"* ]]
    [ ! -e /run/udplab-lan ]
}
