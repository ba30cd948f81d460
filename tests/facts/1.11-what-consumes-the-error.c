/* 1.11 What consumes the error
 * verdict  Worth knowing
 * text     send: yes
 *          recv of length 0: yes
 *          recv with MSG_PEEK: yes
 *          getsockopt(SO_ERROR): yes
 *          emptying the error queue: yes
 *          read of length 0: no
 *          poll, twice: no
 *          select: no
 * needs    loopback
 */
#include "fact.h"
#include <sys/select.h>

/* A client whose pending error is about to be looked at. */
static int refused(void) {
    int client = udp_to(LO, NOBODY);
    set(client, IPPROTO_IP, IP_RECVERR, 1);
    send(client, "x", 1, 0);
    return client;
}

static void tell(const char *what, int client) {
    bool gone = get(client, SOL_SOCKET, SO_ERROR) == 0;
    printf("%s: %s\n", what, yes(gone));
    close(client);
}

int main(void) {
    char byte;
    int client = refused();
    struct pollfd ask = {.fd = client, .events = 0};
    fd_set readable;

    send(client, "x", 1, 0);
    tell("send", client);

    recv(client = refused(), &byte, 0, 0);
    tell("recv of length 0", client);

    recv(client = refused(), &byte, 1, MSG_PEEK);
    tell("recv with MSG_PEEK", client);

    get(client = refused(), SOL_SOCKET, SO_ERROR);
    tell("getsockopt(SO_ERROR)", client);

    recvmsg(client = refused(), &(struct msghdr){0}, MSG_ERRQUEUE);
    tell("emptying the error queue", client);

    if (read(client = refused(), &byte, 0) == 0)
        tell("read of length 0", client);

    ask.fd = client = refused();
    if (poll(&ask, 1, 0) == 1 && poll(&ask, 1, 0) == 1 && ask.revents == POLLERR)
        tell("poll, twice", client);

    client = refused();
    FD_ZERO(&readable);
    FD_SET(client, &readable);
    if (select(client + 1, &readable, NULL, NULL, &(struct timeval){0}) == 1)
        tell("select", client);
}
