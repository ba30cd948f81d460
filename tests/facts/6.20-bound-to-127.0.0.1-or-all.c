/* 6.20 Bound to 127.0.0.1 or to all addresses
 * verdict  False
 * text     bound to 127.0.0.1, sent to 127.0.0.1: received
 *          bound to 0.0.0.0, sent to 127.0.0.1: received
 *          bound to 0.0.0.0, sent to ::1: ECONNREFUSED
 * needs    loopback, IPv6
 */
#include "fact.h"

int main(void) {
    int specific = udp_at(LO, 7001), all = udp_at("0.0.0.0", 7002), client = udp();
    send_to(client, "received", LO, 7001);
    printf("bound to 127.0.0.1, sent to 127.0.0.1: %s\n", hear(specific));
    send_to(client, "received", LO, 7002);
    printf("bound to 0.0.0.0, sent to 127.0.0.1: %s\n", hear(all));

    /* What "localhost" may become: 6.19 */
    int six = (int)must("socket", socket(AF_INET6, SOCK_DGRAM, 0));
    struct sockaddr_in6 loopback = {.sin6_family = AF_INET6, .sin6_port = htons(7002), .sin6_addr = in6addr_loopback};
    must("connect", connect(six, (struct sockaddr *)&loopback, sizeof loopback));
    send(six, "x", 1, 0);
    printf("bound to 0.0.0.0, sent to ::1: %s\n", hear(six));
}
