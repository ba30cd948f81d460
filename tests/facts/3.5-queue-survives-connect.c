/* 3.5 So does the queue
 * verdict  True
 * text     7001 has written; after connect to 7002, recv: from 7001
 *          7002 has written; after dissolving, recv: from 7002
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    int first = udp_at(LO, 7001), second = udp_at(LO, 7002), client = udp_to(LO, 7001);
    send_to(first, "from 7001", LO, port_of(client));
    connect_to(client, LO, 7002);
    printf("7001 has written; after connect to 7002, recv: %s\n", hear(client));
    send_to(second, "from 7002", LO, port_of(client));
    dissolve(client);
    printf("7002 has written; after dissolving, recv: %s\n", hear(client));
}
