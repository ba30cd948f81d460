/* 6.27 Since 6.13, a group on a specific address falls apart
 * verdict  Worth knowing
 * text     bound to 127.0.0.1: of 100 strangers, listener 0, next socket 100
 *          bound to all addresses: of 100 strangers, listener and next socket share: yes
 * needs    loopback, Linux 6.13
 */
#include "fact.h"

static int share(const char *address, int port) {
    int fd = udp();
    set(fd, SOL_SOCKET, SO_REUSEPORT, 1);
    must("bind", bind_to(fd, address, port));
    return fd;
}

static void strangers(const char *address, int port, int *listener_got, int *next_got) {
    int listener = share(address, port), child = share(address, port);
    must("connect", connect_to(child, LO, 7009));
    int next = share(address, port);
    for (int i = 0; i < 100; i++) {
        int stranger = udp();
        send_to(stranger, "x", LO, port);
        close(stranger);
    }
    *listener_got = drain(listener);
    *next_got = drain(next);
}

int main(void) {
    int listener, next;
    strangers(LO, 7001, &listener, &next);
    printf("bound to 127.0.0.1: of 100 strangers, listener %d, next socket %d\n", listener, next);
    strangers("0.0.0.0", 7002, &listener, &next);
    printf("bound to all addresses: of 100 strangers, listener and next socket share: %s\n",
           yes(listener > 20 && next > 20 && listener + next == 100));
}
