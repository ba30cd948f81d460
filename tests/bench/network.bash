# shellcheck shell=bash
# A scene's network: namespaces of its own where the machine allows them, else the loopback that everybody shares.

# Whether this machine lets us make private networks; if not, NO_NETWORK_BECAUSE says why.
private_networks_allowed() {
    if [[ -z ${UDPLAB_NAMESPACES-} ]]; then
        UDPLAB_NAMESPACES=yes
        NO_NETWORK_BECAUSE=$("$SCOPE" stage --try 2>&1) || UDPLAB_NAMESPACES=no
        NO_NETWORK_BECAUSE=${NO_NETWORK_BECAUSE#sockscope: no private network is allowed here: }
        export UDPLAB_NAMESPACES NO_NETWORK_BECAUSE
    fi
    [[ $UDPLAB_NAMESPACES == yes ]]
}

# Waits until the recording holds all packets that were on the wire so far; it does when the scene has ended.
packets_written() {
    [[ -z ${TO_STAGE-} ]] || stage packets
}

# host NAME ADDRESS[/PREFIX]...: a host on the scene's LAN, with addresses of its own.
host() {
    stage host "$@"
}

# router NAME ADDRESS[/PREFIX]...: a host that stands in several networks and forwards what is for others. Who is to go
# by it needs a route: `ip_on alice route add 10.1.0.0/24 via 10.0.0.254`.
router() {
    host "$@" && sysctl_on "$1" net.ipv4.ip_forward 1 && sysctl_on "$1" net.ipv6.conf.all.forwarding 1
}

# ip_on HOST WORD...: one command of ip(8) there, such as `link set eth0 mtu 1280`.
ip_on() {
    stage ip "$1" "${*:2}"
}

# nft_on HOST RULES: rules of nft(8) there.
nft_on() {
    stage nft "$1" "$2"
}

# sysctl_on HOST NAME VALUE: net.ipv4.conf.all.rp_filter, and its like.
sysctl_on() {
    stage sysctl "$@"
}

# A host that is off keeps its address, and nobody answers for it any more.
switch_off() {
    stage switch "$1" off
}

switch_on() {
    stage switch "$1" on
}

# faults_on HOST seed=N [lose=PERCENT] [duplicate=PERCENT] [reorder=PERCENT] [delay=MS]: the host's cable is a bad one.
# The same seed chooses the same datagrams.
faults_on() {
    stage faults "$@"
}

on() {
    # shellcheck disable=SC2034  # launch reads it
    local ON_HOST=$1
    shift
    "$@"
}
