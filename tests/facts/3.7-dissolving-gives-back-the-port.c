/* 3.7 Dissolving gives back a port that the kernel chose
 * verdict  False
 * text     connected: 127.0.0.1:ephemeral
 *          dissolved: 0.0.0.0:0
 *          a datagram to the old port is: refused
 *          a port that came from an earlier sendto, connected and dissolved: 0.0.0.0:0
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    int client = udp_to(LO, 7001);
    int old = port_of(client);
    printf("connected: %s\n", local(client));
    dissolve(client);
    printf("dissolved: %s\n", local(client));
    int sender = udp_to(LO, old);
    send(sender, "x", 1, 0);
    printf("a datagram to the old port is: %s\n", strcmp(hear(sender), "ECONNREFUSED") == 0 ? "refused" : "taken");

    client = udp();
    send_to(client, "x", LO, 7001);
    connect_to(client, LO, 7001);
    dissolve(client);
    printf("a port that came from an earlier sendto, connected and dissolved: %s\n", local(client));
}
