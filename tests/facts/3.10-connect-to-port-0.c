/* 3.10 connect to port 0
 * verdict  Worth knowing
 * text     connect: ok
 *          getpeername: ENOTCONN
 *          send: ok, then recv: ECONNREFUSED
 *          from two ports of that address: from 7001, from 7002
 *          from another address: nothing
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    int first = udp_at(LO, 7001), second = udp_at(LO, 7002), elsewhere = udp_at("127.0.0.2", 7001), client = udp();
    printf("connect: %s\n", outcome(connect_to(client, LO, 0)));
    printf("getpeername: %s\n", peer(client));
    const char *said = outcome(send(client, "x", 1, 0));
    printf("send: %s, then recv: %s\n", said, hear(client));

    send_to(first, "from 7001", LO, port_of(client));
    send_to(second, "from 7002", LO, port_of(client));
    said = hear(client);
    printf("from two ports of that address: %s, %s\n", said, hear(client));
    send_to(elsewhere, "x", LO, port_of(client));
    printf("from another address: %s\n", hear(client));
}
