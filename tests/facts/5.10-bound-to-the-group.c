/* 5.10 Bound to the group, or to all addresses
 * verdict  Worth knowing
 * text     bound to the group: to the group, and no more: nothing
 *          bound to all addresses: to bob, to a group that another socket has joined
 *          with IP_MULTICAST_ALL cleared: to bob, and no more: nothing
 * needs    LAN
 */
#include "fact.h"

static void join(int fd, const char *address) {
    struct ip_mreqn group = {.imr_multiaddr = at(address, 0).sin_addr, .imr_ifindex = (int)if_nametoindex("eth0")};
    must("IP_ADD_MEMBERSHIP", setsockopt(fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &group, sizeof group));
}

int main(void) {
    on("bob");
    int to_group = udp_at("239.1.2.3", 7001), to_all = udp_at("0.0.0.0", 7002), somebody = udp();
    join(to_group, "239.1.2.3");
    join(somebody, "239.9.9.9");
    on("alice");
    int client = udp();

    send_to(client, "to bob", "10.0.0.2", 7001);
    send_to(client, "to the group", "239.1.2.3", 7001);
    const char *first = hear(to_group);
    printf("bound to the group: %s, and no more: %s\n", first, hear(to_group));

    send_to(client, "to bob", "10.0.0.2", 7002);
    send_to(client, "to a group that another socket has joined", "239.9.9.9", 7002);
    first = hear(to_all);
    printf("bound to all addresses: %s, %s\n", first, hear(to_all));

    set(to_all, IPPROTO_IP, IP_MULTICAST_ALL, 0);
    send_to(client, "to bob", "10.0.0.2", 7002);
    send_to(client, "to a group that another socket has joined", "239.9.9.9", 7002);
    first = hear(to_all);
    printf("with IP_MULTICAST_ALL cleared: %s, and no more: %s\n", first, hear(to_all));
}
