/* 3.1 connect may be called again
 * verdict  True, but
 * text     connect to 7001: ok, to 7002: ok
 *          7001 writes; recv: nothing
 *          7002 writes; recv: from 7002
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    int first = udp_at(LO, 7001), second = udp_at(LO, 7002), client = udp();
    const char *said = outcome(connect_to(client, LO, 7001));
    printf("connect to 7001: %s, to 7002: %s\n", said, outcome(connect_to(client, LO, 7002)));

    send_to(first, "from 7001", LO, port_of(client));
    printf("7001 writes; recv: %s\n", hear(client));
    send_to(second, "from 7002", LO, port_of(client));
    printf("7002 writes; recv: %s\n", hear(client));
}
