/* 1.12 An error overtakes the data before it
 * verdict  False
 * text     first recv: ECONNREFUSED
 *          second recv: reply
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    int server = udp_at(LO, 7001), client = udp_to(LO, 7001);
    send_to(server, "reply", LO, port_of(client)); /* lies in the client's queue */
    close(server);
    send(client, "x", 1, 0); /* is refused, after the reply came */
    printf("first recv: %s\n", hear(client));
    printf("second recv: %s\n", hear(client));
}
