# shellcheck shell=bash
# Assertions on the recording of a scene: what the kernel was asked and what the wire carried.
#
#   expect_call client connect to 127.0.0.1:43211 before send
#   expect_call client recv failing ECONNREFUSED
#   expect_no_call client send to anybody
#   expect_wire client icmp saying "port unreachable" about 127.0.0.1:43211
#   expect_no_wire client udp before send
#
# After the name of a call, or the protocol of a packet, stand the pairs of words that `sockscope has --help` lists.

expect_call() {
    local lane=$1
    shift
    recording_has call "$lane" "$@" || fail failed "$lane calls $(in_words "$@")" "$(calls_of "$lane")"
}

expect_no_call() {
    local lane=$1
    shift
    recording_lacks call "$lane" "$@" || fail failed "$lane never calls $(in_words "$@")" "$(calls_of "$lane")"
}

# From its last datagram to its end, or to its last event, a program takes at least so many milliseconds.
expect_waited() {
    stage waited "$1" "$2" || fail failed "$1 waits $2 ms for a reply" "$(calls_of "$1")"
}

# `before` means a call of LANE.
expect_wire() {
    local lane=$1
    shift
    needs_packets
    recording_has packet "$lane" "$@" ||
        fail failed "on the wire: $(in_words "$(packet_name "$1")" "${@:2}")" "$(packets_seen)"
}

expect_no_wire() {
    local lane=$1
    shift
    needs_packets
    recording_lacks packet "$lane" "$@" ||
        fail failed "no $(in_words "$(packet_name "$1")" "${@:2}") on the wire" "$(packets_seen)"
}

# What was asked for, for a reader.
in_words() {
    printf '%s' "$1"
    shift
    while (($# > 0)); do
        case "$1 $2" in
        "of "*) printf ' "%s"' "$2" ;;
        "option "* | "saying "*) printf ' %s' "$2" ;;
        "to nobody") printf ' without an address' ;;
        "to anybody") printf ' with an address' ;;
        "failing "*) printf ' failing with %s' "$2" ;;
        "times 1") printf ', once' ;;
        "times "*) printf ', %s times' "$2" ;;
        *) printf ' %s %s' "$1" "$2" ;;
        esac
        shift $(($# > 1 ? 2 : 1))
    done
}

packet_name() {
    if [[ $1 == any ]]; then echo packet; else echo "${1^^}"; fi
}

recording_has() {
    stage has "$@"
}

# A question that cannot be answered is neither.
recording_lacks() {
    ! stage has "$@" && [[ $ANSWER == no ]]
}

calls_of() {
    tell 'story($lane) | shortened[]' "$1"
}

# Who has which hardware address (ARP) and who is in which group (IGMP) is no part of the story.
packets_seen() {
    tell 'packets | map(select(.proto | IN("ARP", "IGMP") | not) | brief_packet) | if length == 0 then "nothing"
        else shortened[] end'
}

tell() {
    events | gojq -r -n -L "$TOP/tests/bench" --arg lane "${2-}" 'include "recording"; [inputs] | '"$1"
}

events() {
    packets_written || true
    "$SCOPE" events "$RECORDING"
}
