/* 2.7 send without a peer
 * verdict  Worth knowing
 * text     local address: 0.0.0.0:0
 *          send: EDESTADDRREQ
 *          write: EDESTADDRREQ
 *          local address now: 0.0.0.0:ephemeral
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    int fd = udp();
    printf("local address: %s\n", local(fd));
    printf("send: %s\n", outcome(send(fd, "x", 1, 0)));
    printf("write: %s\n", outcome(write(fd, "x", 1)));
    /* It failed, and has bound the socket to a port all the same. */
    printf("local address now: %s\n", local(fd));
}
