/* 6.24 A server that connects can serve many
 * verdict  True, but
 * text     ann's socket hears: from ann
 *          bea's socket hears: from bea
 *          the listener hears: from a stranger
 * needs    loopback
 */
#include "fact.h"

static int share(int connect_port) {
    int fd = udp();
    set(fd, SOL_SOCKET, SO_REUSEPORT, 1);
    must("bind", bind_to(fd, "0.0.0.0", 7001));
    if (connect_port)
        must("connect", connect_to(fd, LO, connect_port));
    return fd;
}

int main(void) {
    int ann = udp_at(LO, 7002), bea = udp_at(LO, 7003), stranger = udp_at(LO, 7004);
    int listener = share(0), for_ann = share(7002), for_bea = share(7003); /* three sockets on one port */
    send_to(stranger, "from a stranger", LO, 7001);
    send_to(bea, "from bea", LO, 7001);
    send_to(ann, "from ann", LO, 7001);
    printf("ann's socket hears: %s\n", hear(for_ann));
    printf("bea's socket hears: %s\n", hear(for_bea));
    printf("the listener hears: %s\n", hear(listener));
}
