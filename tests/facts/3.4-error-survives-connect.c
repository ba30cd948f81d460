/* 3.4 A waiting error survives connect and dissolving
 * verdict  True
 * text     refused by a dead server, connected to a live one; send: ECONNREFUSED
 *          what the live one received: nothing
 *          refused, then dissolved; recv: ECONNREFUSED
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    int alive = udp_at(LO, 7001), client = udp_to(LO, NOBODY);
    send(client, "x", 1, 0);
    connect_to(client, LO, 7001);
    printf("refused by a dead server, connected to a live one; send: %s\n", outcome(send(client, "y", 1, 0)));
    printf("what the live one received: %s\n", hear(alive));

    client = udp_to(LO, NOBODY);
    send(client, "x", 1, 0);
    dissolve(client);
    printf("refused, then dissolved; recv: %s\n", hear(client));
}
