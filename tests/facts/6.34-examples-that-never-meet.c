/* 6.34 A pair of examples that never meet
 * verdict  Worth knowing
 * text     the server is running at: 127.0.0.1:6000
 *          the client's peer: 127.0.0.1:6060
 *          send: ok, recv: ECONNREFUSED
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    int server = udp_at(LO, 6000), client = udp_to(LO, 6060);
    printf("the server is running at: %s\n", local(server));
    printf("the client's peer: %s\n", peer(client));
    const char *said = outcome(send(client, "hello", 5, 0));
    printf("send: %s, recv: %s\n", said, hear(client));
}
