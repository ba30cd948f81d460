/* 5.11 A group's receiver connected to one sender
 * verdict  Worth knowing
 * text     alice and carol write to the group; bob hears: from alice, then: nothing
 *          bob sends; it comes from: 10.0.0.2:7001
 * needs    LAN
 */
#include "fact.h"

int main(void) {
    on("bob");
    int bob = udp_at("239.1.2.3", 7001);
    struct ip_mreqn group = {.imr_multiaddr = at("239.1.2.3", 0).sin_addr, .imr_ifindex = (int)if_nametoindex("eth0")};
    must("IP_ADD_MEMBERSHIP", setsockopt(bob, IPPROTO_IP, IP_ADD_MEMBERSHIP, &group, sizeof group));
    must("connect", connect_to(bob, "10.0.0.1", 7002));
    on("alice");
    int alice = udp_at("10.0.0.1", 7002);
    on("carol");
    int carol = udp_at("10.0.0.3", 7002);

    send_to(carol, "from carol", "239.1.2.3", 7001);
    send_to(alice, "from alice", "239.1.2.3", 7001);
    const char *first = hear(bob);
    printf("alice and carol write to the group; bob hears: %s, then: %s\n", first, hear(bob));

    struct sockaddr_in from = {0};
    send(bob, "x", 1, 0);
    hear_from(alice, &from);
    printf("bob sends; it comes from: %s\n", address_text(from));
}
