/* 6.25 Between a child's bind and connect
 * verdict  Worth knowing
 * text     SO_REUSEPORT, of 200 strangers the child takes: about half
 *          SO_REUSEADDR, of 200 strangers the child takes: all
 *          after connect they are still in its queue: yes
 * needs    loopback
 */
#include "fact.h"

static int share(int option, int port) {
    int fd = udp();
    set(fd, SOL_SOCKET, option, 1);
    must("bind", bind_to(fd, "0.0.0.0", port));
    return fd;
}

static int taken_by_child(int option, int port, int then_connect) {
    int listener = share(option, port), child = share(option, port); /* bound, and not connected yet */
    for (int i = 0; i < 200; i++) {
        int stranger = udp();
        send_to(stranger, "x", LO, port);
        close(stranger);
    }
    if (then_connect)
        must("connect", connect_to(child, LO, 7009));
    drain(listener);
    return drain(child);
}

int main(void) {
    int taken = taken_by_child(SO_REUSEPORT, 7001, 0);
    printf("SO_REUSEPORT, of 200 strangers the child takes: %s\n",
           taken > 60 && taken < 140 ? "about half" : "otherwise");
    printf("note: %d of 200\n", taken);
    taken = taken_by_child(SO_REUSEADDR, 7002, 0);
    printf("SO_REUSEADDR, of 200 strangers the child takes: %s\n", taken == 200 ? "all" : "otherwise");
    printf("after connect they are still in its queue: %s\n", yes(taken_by_child(SO_REUSEADDR, 7003, 1) == 200));
}
