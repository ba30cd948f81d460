/* 3.11 connect to 0.0.0.0
 * verdict  Worth knowing
 * text     connect: ok
 *          the peer: 127.0.0.1:7001
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    int client = udp();
    printf("connect: %s\n", outcome(connect_to(client, "0.0.0.0", 7001)));
    printf("the peer: %s\n", peer(client));
}
