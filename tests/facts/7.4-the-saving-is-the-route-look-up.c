/* 7.4 The saving is the route look-up
 * verdict  True
 * text     route look-ups, connect: 2
 *          20 connected sends: 0
 *          20 unconnected sends: 20
 *          20 sends with the peer's address: 20
 * needs    root
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
}
