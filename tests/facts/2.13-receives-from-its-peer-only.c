/* 2.13 A connected socket receives from its peer only
 * verdict  True
 * text     the peer, 127.0.0.1:7001: received
 *          another port, 127.0.0.1:7002: nothing
 *          another address, 127.0.0.2:7001: nothing
 *          datagrams that were refused: 2
 * needs    network
 */
#include "fact.h"

int main(void) {
    int server = udp_at(LO, 7001), other_port = udp_at(LO, 7002), other_address = udp_at("127.0.0.2", 7001);
    int client = udp_to(LO, 7001);
    long refused = counter("Udp:", "NoPorts");

    send_to(server, "received", LO, port_of(client));
    printf("the peer, 127.0.0.1:7001: %s\n", hear(client));
    send_to(other_port, "received", LO, port_of(client));
    printf("another port, 127.0.0.1:7002: %s\n", hear(client));
    send_to(other_address, "received", LO, port_of(client));
    printf("another address, 127.0.0.2:7001: %s\n", hear(client));
    printf("datagrams that were refused: %ld\n", counter("Udp:", "NoPorts") - refused);
}
