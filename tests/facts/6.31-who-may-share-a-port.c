/* 6.31 Who may share a port
 * verdict  True
 * text     another user, SO_REUSEPORT on both: EADDRINUSE
 *          another user, SO_REUSEADDR on both: ok
 *          of 10 datagrams, the first one's: 0, the other user's: 10
 *          another user, SO_REUSEADDR on his side only: EADDRINUSE
 * needs    root
 */
#include "fact.h"

static int share(int option, int port) {
    int fd = udp();
    if (option)
        set(fd, SOL_SOCKET, option, 1);
    must("bind", bind_to(fd, LO, port));
    return fd;
}

static const char *another(int option, int port, int *fd) {
    *fd = udp();
    set(*fd, SOL_SOCKET, option, 1);
    return outcome(bind_to(*fd, LO, port));
}

int main(void) {
    share(SO_REUSEPORT, 7001);
    int first = share(SO_REUSEADDR, 7002), fd, others;
    share(0, 7003);
    must("setuid", setuid(65534)); /* from here on: nobody, of Debian */

    printf("another user, SO_REUSEPORT on both: %s\n", another(SO_REUSEPORT, 7001, &fd));
    printf("another user, SO_REUSEADDR on both: %s\n", another(SO_REUSEADDR, 7002, &others));
    int client = udp_to(LO, 7002);
    for (int i = 0; i < 10; i++)
        send(client, "x", 1, 0);
    int got = drain(first);
    printf("of 10 datagrams, the first one's: %d, the other user's: %d\n", got, drain(others));
    printf("another user, SO_REUSEADDR on his side only: %s\n", another(SO_REUSEADDR, 7003, &fd));
}
