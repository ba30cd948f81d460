# tests/facts/lan: hosts on the LAN of the facts' probes. What reaches a host is seen with bash's own UDP sockets,
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
lan alice
on alice ip -4 -o address show eth0
on alice ip route
on alice bash -c 'ask 127.0.0.1; ask 10.0.0.1'
END
    [ "$status" -eq 0 ]
    [[ $output = *"inet 10.0.0.1/24 brd 10.0.0.255"*"224.0.0.0/4 dev eth0"*refused*refused* ]]
}

@test "the very first datagram arrives, whoever sends it" {
    local tries
    for ((tries = 5; tries > 0; tries--)); do
        in_private <<'END'
lan alice bob carol
on alice bash -c 'ask 10.0.0.2'
on carol bash -c 'ask 10.0.0.1'
END
        [ "$status" -eq 0 ]
        [ "$output" = $'refused\nrefused' ]
    done
}

@test "hosts that came one by one hear each other, too" {
    in_private <<'END'
lan alice
lan bob
on bob bash -c 'ask 10.0.0.1'
lan carol
on alice bash -c 'ask 10.0.0.3'
END
    [ "$status" -eq 0 ]
    [ "$output" = $'refused\nrefused' ]
}

@test "every datagram to a dead port is answered by an ICMP error, not only the first six" {
    in_private <<'END'
lan alice bob
on alice bash -c 'for i in {1..80}; do ask 10.0.0.2; done'
END
    [ "$status" -eq 0 ]
    [ "$(grep -c refused <<<"$output")" -eq 80 ]
}

@test "multicast reaches the other hosts" {
    in_private <<'END'
lan alice bob carol
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
lan alice
for device in br0 to-alice; do ip -d link show "$device"; done | grep -c 'addrgenmode none'
on alice ip -d link show eth0 | grep -c 'addrgenmode none'
END
    [ "$status" -eq 0 ]
    [ "$output" = $'2\n1' ]
}

@test "no LAN is made where something is not private" {
    [[ ! $(cat /proc/self/uid_map) =~ \ 1$ ]] || skip "the tests themselves run in a private namespace"
    local how
    for how in env "unshare -Ur" "unshare -Urn"; do
        # shellcheck disable=SC2086
        run $how "$LAN" alice 3>&-
        echo "$how: $output"
        [ "$status" -eq 2 ]
        [[ $output = *"Begin with:"*"unshare -Urnmpf --kill-child --mount-proc bash" ]]
    done
    run unshare -Urm "$LAN" alice 3>&-
    [ "$status" -eq 2 ]
    [[ $output = *"could not make the bridge"* ]]
}
