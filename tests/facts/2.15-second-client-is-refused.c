/* 2.15 A connected server refuses the second client
 * verdict  True
 * text     a second client, connected: ECONNREFUSED
 *          a third one, unconnected: nothing
 *          datagrams that were refused: 2
 * needs    network
 */
#include "fact.h"

int main(void) {
    int server = udp_at(LO, 7001), first = udp_at(LO, 7002), second = udp_to(LO, 7001), third = udp();
    send_to(first, "hello", LO, 7001);
    hear(server);
    connect_to(server, LO, 7002);

    long refused = counter("Udp:", "NoPorts");
    send(second, "hello", 5, 0);
    printf("a second client, connected: %s\n", hear(second));
    send_to(third, "hello", LO, 7001);
    printf("a third one, unconnected: %s\n", hear(third));
    printf("datagrams that were refused: %ld\n", counter("Udp:", "NoPorts") - refused);
}
