/* 1.25 A restarted server is not noticed
 * verdict  False
 * text     send: ok, received: before
 *          the server closes, another one binds the port
 *          send: ok, received: after
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    int server = udp_at(LO, 7001), client = udp_to(LO, 7001);
    const char *sent = outcome(send(client, "before", 6, 0));
    printf("send: %s, received: %s\n", sent, hear(server));
    close(server);
    server = udp_at(LO, 7001);
    printf("the server closes, another one binds the port\n");
    sent = outcome(send(client, "after", 5, 0));
    printf("send: %s, received: %s\n", sent, hear(server));
}
