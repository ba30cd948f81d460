# Programs that nobody here wrote, under sockscope: their calls as `strace -c` counts them, their packets as tshark
# counts them, each protocol for itself, or all together as tcpdump does where there is no tshark. Each program that is
# installed is tried; none of them has to be.
bats_require_minimum_version 1.5.0

setup_file() {
    load sockscope/helpers
    build_talk
}

setup() {
    load sockscope/helpers
    needs_private_network
    DIR=$BATS_TEST_TMPDIR/recording
}

# Each sends one datagram to a port where nobody listens, and ends by itself.
programs() {
    cat <<'END'
python3 -c 'import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.sendto(b"x", ("127.0.0.1", 9))'
perl -MIO::Socket::INET -e 'IO::Socket::INET->new(Proto => "udp", PeerAddr => "127.0.0.1:9")->send("x")'
bash -c 'echo x >/dev/udp/127.0.0.1/9'
gawk 'BEGIN { print "x" |& "/inet/udp/0/127.0.0.1/9" }'
php -r '$s = stream_socket_client("udp://127.0.0.1:9"); fwrite($s, "x");'
ruby -rsocket -e 'UDPSocket.new.send("x", 0, "127.0.0.1", 9)'
node -e 'const s = require("dgram").createSocket("udp4"); s.send("x", 9, "127.0.0.1", () => s.close())'
socat -u OPEN:/etc/hostname UDP:127.0.0.1:9
dig +tries=1 +timeout=1 +notcp @127.0.0.1 -p 9 example.org
nc -u -w 1 127.0.0.1 9 </etc/hostname
ping -c 2 -i 0.2 127.0.0.1
traceroute -n -q 1 -m 1 127.0.0.1
END
}

# counted_packets FILE: how many packets of each protocol tshark sees; what an ICMP message quotes is ICMP's.
counted_packets() {
    local name filter
    while read -r name filter; do
        echo "$name $(tshark -r "$1" -Y "$filter" -T fields -e frame.number 2>/dev/null | wc -l)"
    done <<'FILTERS'
UDP udp and not icmp and not icmpv6
TCP tcp and not icmp and not icmpv6
ICMP icmp
ICMPv6 icmpv6
ARP arp
FILTERS
}

recorded_packets() {
    query '(map(select(.kind == "packet") | .proto)) as $all | "UDP", "TCP", "ICMP", "ICMPv6", "ARP"
        | . as $one | "\($one) \($all | map(select(. == $one)) | length)"'
}

# counted_calls COMMAND: what strace -c counts of the calls on sockets that one datagram needs, in a private network in
# which ping is permitted, as `sockscope run` makes it.
counted_calls() {
    unshare -Urn bash -c 'ip link set lo up; echo 0 0 2>/dev/null >/proc/sys/net/ipv4/ping_group_range; exec strace -f -c -o "$0" -e trace=socket,connect,bind,sendto,sendmsg,sendmmsg bash -c "exec $1"' \
        "$BATS_TEST_TMPDIR/counts" "$1" >/dev/null 2>&1 3>&- || true
    awk '$NF ~ /^(socket|connect|bind|sendto|sendmsg|sendmmsg)$/ { print $NF, $4 }' "$BATS_TEST_TMPDIR/counts" | sort
}

recorded_calls() {
    query 'map(select(.kind == "call" and (.name | IN("socket", "connect", "bind", "sendto", "sendmsg", "sendmmsg")))
        | .name)
        | group_by(.)[] | "\(.[0]) \(length)"' | sort
}

@test "calls and packets of programs of all kinds are counted as strace and tshark or tcpdump count them" {
    command -v tshark >/dev/null || command -v tcpdump >/dev/null || skip "neither tshark nor tcpdump is installed"
    command -v tshark >/dev/null ||
        echo "# tshark is not installed: tcpdump counts the packets, all protocols together" >&3
    local command tried=0
    while IFS= read -r command; do
        command -v "${command%% *}" >/dev/null || continue
        rm -rf "$DIR"
        timeout 60 "$SCOPE" run --no-draw --name program -o "$DIR" -- bash -c "exec $command" 3>&- || true
        diff <(counted_calls "$command") <(recorded_calls) || { echo "calls: $command" && return 1; }
        if command -v tshark >/dev/null; then
            diff <(counted_packets "$DIR/program.pcapng") <(recorded_packets) ||
                { echo "packets: $command" && return 1; }
        else
            packets=$(query 'map(select(.kind == "packet")) | length')
            [[ $packets -eq $(tcpdump -nr "$DIR/program.pcapng" 2>/dev/null | wc -l) ]] ||
                { echo "packets: $command" && return 1; }
        fi
        [[ $(query 'map(select(.kind == "packet" and .from_lane == "program")) | length') -ge 1 ]] ||
            { echo "no packet of its own: $command" && return 1; }
        tried=$((tried + 1))
    done < <(programs)
    [[ $tried -gt 0 ]] || skip "none of them is installed"
    echo "# tried: $tried" >&3
}
