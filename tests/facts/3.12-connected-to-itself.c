/* 3.12 A socket connected to itself
 * verdict  Worth knowing
 * text     connect: ok
 *          send: ok
 *          recv: to myself
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    int fd = udp_at(LO, 7001);
    printf("connect: %s\n", outcome(connect_to(fd, LO, 7001)));
    printf("send: %s\n", outcome(send(fd, "to myself", 9, 0)));
    printf("recv: %s\n", hear(fd));
}
