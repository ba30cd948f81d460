/* 5.9 A group's datagrams stay near
 * verdict  Worth knowing
 * text     by default: TTL 1, LOOP 1
 *          a member on another host: x, on the sending host: x
 *          the sender clears LOOP; another host: x, the sending host: nothing
 *          TTL 0; another host: nothing, the sending host: x
 * needs    LAN
 */
#include "fact.h"

#define GROUP "239.1.2.3"

static int bob, here;

static int member(void) {
    int fd = udp_at(GROUP, 7001);
    struct ip_mreqn group = {.imr_multiaddr = at(GROUP, 0).sin_addr, .imr_ifindex = (int)if_nametoindex("eth0")};
    must("IP_ADD_MEMBERSHIP", setsockopt(fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &group, sizeof group));
    return fd;
}

static void try(const char *format, int client) {
    send_to(client, "x", GROUP, 7001);
    const char *there = hear(bob);
    printf(format, there, hear(here));
}

int main(void) {
    on("bob");
    bob = member();
    on("alice");
    here = member();
    int client = udp();
    int ttl = get(client, IPPROTO_IP, IP_MULTICAST_TTL), loop = get(client, IPPROTO_IP, IP_MULTICAST_LOOP);
    printf("by default: TTL %d, LOOP %d\n", ttl, loop);
    try("a member on another host: %s, on the sending host: %s\n", client);
    set(client, IPPROTO_IP, IP_MULTICAST_LOOP, 0);
    try("the sender clears LOOP; another host: %s, the sending host: %s\n", client);
    set(client, IPPROTO_IP, IP_MULTICAST_LOOP, 1);
    set(client, IPPROTO_IP, IP_MULTICAST_TTL, 0);
    try("TTL 0; another host: %s, the sending host: %s\n", client);
}
