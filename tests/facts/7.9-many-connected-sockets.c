/* 7.9 Many connected sockets on one port
 * verdict  Worth knowing
 * text     4000 connected sockets on a port; to one of them, beside one alone, less than twice the cost: yes
 *          from a stranger, to the listener, more than three times: yes
 * needs    network, Linux 6.13
 */
#include "timing.h"
#include <sys/resource.h>

#define CHILDREN 4000
static int known, stranger, known_alone;

static int share(int port, int connect_port) {
    int fd = udp();
    set(fd, SOL_SOCKET, SO_REUSEPORT, 1);
    must("bind", bind_to(fd, "127.0.0.1", port));
    if (connect_port)
        must("connect", connect_to(fd, "127.0.0.2", connect_port));
    return fd;
}

static void from_known(void) {
    send_to(known, "x", LO, 7001);
}

static void from_stranger(void) {
    send_to(stranger, "x", LO, 7001);
}

static void from_known_alone(void) {
    send_to(known_alone, "x", LO, 7002);
}

int main(void) {
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    known = udp_at("127.0.0.2", 10000);
    stranger = udp_at("127.0.0.2", 9999);
    known_alone = udp_at("127.0.0.2", 9998);
    share(7001, 0);
    for (int i = 0; i < CHILDREN; i++)
        share(7001, 10000 + i);
    share(7002, 0);
    share(7002, 9998);

    double to_child = ratio(from_known, from_known_alone, 100),
           to_listener = ratio(from_stranger, from_known_alone, 20);
    printf("4000 connected sockets on a port; to one of them, beside one alone, less than twice the cost: %s\n",
           yes(to_child < 2));
    printf("from a stranger, to the listener, more than three times: %s\n", yes(to_listener > 3));
    printf("note: %.2f times, and %.0f times\n", to_child, to_listener);
}
