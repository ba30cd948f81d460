/* 6.4 65507 bytes at most
 * verdict  True
 * text     65508 bytes: EMSGSIZE
 *          65507 bytes: ok, received: 65507
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    static char buffer[70000];
    int server = udp_at(LO, 7001), client = udp_to(LO, 7001);
    printf("65508 bytes: %s\n", outcome(send(client, buffer, 65508, 0)));
    const char *said = outcome(send(client, buffer, 65507, 0));
    await(server, PATIENCE);
    printf("65507 bytes: %s, received: %zd\n", said, recv(server, buffer, sizeof buffer, MSG_DONTWAIT));
}
