/* 6.5 FIONREAD counts one datagram
 * verdict  Worth knowing
 * text     10 and 3 bytes are waiting: 10
 *          the first one is read: 3
 * needs    loopback
 */
#include "fact.h"

static int waiting(int fd) {
    int bytes = -1;
    must("FIONREAD", ioctl(fd, FIONREAD, &bytes));
    return bytes;
}

int main(void) {
    int server = udp_at(LO, 7001), client = udp_to(LO, 7001);
    send(client, "0123456789", 10, 0);
    send(client, "abc", 3, 0);
    printf("10 and 3 bytes are waiting: %d\n", waiting(server));
    hear(server);
    printf("the first one is read: %d\n", waiting(server));
}
