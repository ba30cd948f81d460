/* 7.4 The saving is the route look-up
 * verdict  True
 * text     route look-ups, connect: 2
 *          20 connected sends: 0
 *          20 unconnected sends: 20
 *          20 sends with the peer's address: 20
 *          20 sends of an IPv6 socket that is connected to ::ffff:127.0.0.1: 20
 * needs    root, IPv6
 */
#include "tracing.h"

int main(void) {
    udp_at("127.0.0.1", 7001);
    int connected = udp(), unconnected = udp();
    trace("fib/fib_table_lookup");
    connect_to(connected, LO, 7001);
    printf("route look-ups, connect: %d\n", passed("fib_table_lookup"));
    for (int i = 0; i < 20; i++)
        send(connected, "x", 1, 0);
    printf("20 connected sends: %d\n", passed("fib_table_lookup"));
    for (int i = 0; i < 20; i++)
        send_to(unconnected, "x", LO, 7001);
    printf("20 unconnected sends: %d\n", passed("fib_table_lookup"));
    for (int i = 0; i < 20; i++)
        send_to(connected, "x", LO, 7001);
    printf("20 sends with the peer's address: %d\n", passed("fib_table_lookup"));

    int six = (int)must("socket", socket(AF_INET6, SOCK_DGRAM, 0));
    struct sockaddr_in6 mapped = {.sin6_family = AF_INET6, .sin6_port = htons(7001)};
    inet_pton(AF_INET6, "::ffff:127.0.0.1", &mapped.sin6_addr);
    must("connect", connect(six, (struct sockaddr *)&mapped, sizeof mapped));
    passed("fib_table_lookup");
    for (int i = 0; i < 20; i++)
        send(six, "x", 1, 0);
    printf("20 sends of an IPv6 socket that is connected to ::ffff:127.0.0.1: %d\n", passed("fib_table_lookup"));
}
