/* 6.29 tcpdump sees it, the program does not
 * verdict  Worth knowing
 * text     the way back is by another card; rp_filter 1: nothing, IPReversePathFilter: 1
 *          rp_filter 2: received
 *          rp_filter 0: received
 *          rp_filter 1, and the route goes back the same way: received
 * needs    LAN
 */
#include "fact.h"

static int client, server;

static const char *with_filter(int value) {
    shell("sysctl -qw net.ipv4.conf.all.rp_filter=%d net.ipv4.conf.eth0.rp_filter=%d", value, value);
    send_to(client, "received", "10.0.0.2", 7001);
    return hear(server);
}

int main(void) {
    on("alice");
    client = udp();
    on("bob");
    server = udp_at("0.0.0.0", 7001);
    send_to(client, "x", "10.0.0.2", 7001);
    hear(server); /* the neighbour is known from here on: rp_filter would drop ARP's question, too */
    shell("ip link add eth1 type veth peer name other-end && ip addr add 10.0.9.1/24 dev eth1");
    shell("ip link set eth1 up && ip link set other-end up && ip route add 10.0.0.1/32 dev eth1");

    long dropped = counter("TcpExt:", "IPReversePathFilter");
    const char *heard = with_filter(1);
    printf("the way back is by another card; rp_filter 1: %s, IPReversePathFilter: %ld\n", heard,
           counter("TcpExt:", "IPReversePathFilter") - dropped);
    printf("rp_filter 2: %s\n", with_filter(2));
    printf("rp_filter 0: %s\n", with_filter(0));
    shell("ip route del 10.0.0.1/32 dev eth1");
    printf("rp_filter 1, and the route goes back the same way: %s\n", with_filter(1));
}
