/* 1.6 Connected: send succeeds, recv is refused
 * verdict  True
 * text     connect: ok
 *          send: 2 bytes
 *          recv: ECONNREFUSED
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    int client = udp();
    printf("connect: %s\n", outcome(connect_to(client, LO, NOBODY)));
    printf("send: %zd bytes\n", send(client, "g1", 2, 0));
    printf("recv: %s\n", hear(client));
}
