/* 6.3 An empty datagram is not the end
 * verdict  False
 * text     write of 0 bytes sends one: poll says readable
 *          read of length 0 consumes nothing: still there
 *          recv returns 0: ok
 *          and the next datagram: after it
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    int server = udp_at(LO, 7001), client = udp_to(LO, 7001);
    char byte;
    must("write", write(client, "", 0));
    printf("write of 0 bytes sends one: poll says %s\n", await(server, PATIENCE) ? "readable" : "nothing");
    must("read", read(server, &byte, 0));
    printf("read of length 0 consumes nothing: %s\n", await(server, PATIENCE) ? "still there" : "gone");
    send(client, "after it", 8, 0);
    printf("recv returns %zd: ok\n", recv(server, &byte, 1, MSG_DONTWAIT));
    printf("and the next datagram: %s\n", hear(server));
}
