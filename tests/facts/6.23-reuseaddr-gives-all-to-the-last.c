/* 6.23 SO_REUSEADDR gives all to the last one
 * verdict  False
 * text     two sockets on a port, 100 clients; bound first: 0, bound last: 100
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    int first = udp(), last = udp();
    set(first, SOL_SOCKET, SO_REUSEADDR, 1);
    set(last, SOL_SOCKET, SO_REUSEADDR, 1);
    must("bind", bind_to(first, LO, 7001));
    must("bind", bind_to(last, LO, 7001));
    for (int i = 0; i < 100; i++) {
        int client = udp();
        send_to(client, "x", LO, 7001);
        close(client);
    }
    int got = drain(first);
    printf("two sockets on a port, 100 clients; bound first: %d, bound last: %d\n", got, drain(last));
}
