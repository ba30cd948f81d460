/* 6.26 Closing that gap
 * verdict  Worth knowing
 * text     with a filter that picks the listener, of 100 strangers the child takes: 0
 *          connect before bind: EINVAL
 * needs    loopback
 */
#include "fact.h"
#include <linux/filter.h>

static int share(void) {
    int fd = udp();
    set(fd, SOL_SOCKET, SO_REUSEPORT, 1);
    must("bind", bind_to(fd, "0.0.0.0", 7001));
    return fd;
}

int main(void) {
    int listener = share();
    struct sock_filter pick_the_first = BPF_STMT(BPF_RET | BPF_K, 0);
    struct sock_fprog program = {1, &pick_the_first};
    must("filter", setsockopt(listener, SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, &program, sizeof program));

    int child = share(); /* bound, and not connected yet */
    for (int i = 0; i < 100; i++) {
        int stranger = udp();
        send_to(stranger, "x", LO, 7001);
        close(stranger);
    }
    printf("with a filter that picks the listener, of 100 strangers the child takes: %d\n", drain(child));

    int other = udp();
    set(other, SOL_SOCKET, SO_REUSEPORT, 1);
    must("connect", connect_to(other, LO, 7002));
    printf("connect before bind: %s\n", outcome(bind_to(other, "0.0.0.0", 7001)));
}
