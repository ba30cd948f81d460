/* 6.6 MSG_MORE makes one datagram of two sends
 * verdict  Worth knowing
 * text     send with MSG_MORE, send: one two
 *          with UDP_CORK, until it is cleared: three four
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    int server = udp_at(LO, 7001), client = udp_to(LO, 7001);
    send(client, "one ", 4, MSG_MORE);
    send(client, "two", 3, 0);
    printf("send with MSG_MORE, send: %s\n", hear(server));

    set(client, IPPROTO_UDP, UDP_CORK, 1);
    send(client, "three ", 6, 0);
    send(client, "four", 4, 0);
    set(client, IPPROTO_UDP, UDP_CORK, 0);
    printf("with UDP_CORK, until it is cleared: %s\n", hear(server));
}
