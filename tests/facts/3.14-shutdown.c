/* 3.14 shutdown on UDP
 * verdict  Worth knowing
 * text     unconnected, SHUT_RD: ENOTCONN
 *          connected, SHUT_RD: ok
 *          recv on the empty queue: 0 bytes
 *          recv with MSG_DONTWAIT: EAGAIN
 *          poll, for ever: readable
 *          a datagram that arrives later: still
 *          SHUT_WR, then send: EPIPE
 *          unconnected, a sleeping recv, shutdown: ENOTCONN, and recv wakes with 0 bytes
 * needs    loopback
 */
#include "fact.h"

static void *shut_when_asleep(void *fd) {
    usleep(100000); /* if recv has not begun yet, it will not sleep: the outcome is the same */
    return (void *)outcome(shutdown(*(int *)fd, SHUT_RDWR));
}

int main(void) {
    int server = udp_at(LO, 7001), client = udp();
    char buffer[10];
    void *said;
    printf("unconnected, SHUT_RD: %s\n", outcome(shutdown(client, SHUT_RD)));
    connect_to(client, LO, 7001);
    printf("connected, SHUT_RD: %s\n", outcome(shutdown(client, SHUT_RD)));
    printf("recv on the empty queue: %zd bytes\n", recv(client, buffer, sizeof buffer, 0));
    printf("recv with MSG_DONTWAIT: %s\n", outcome(recv(client, buffer, sizeof buffer, MSG_DONTWAIT)));
    struct pollfd ask = {.fd = client, .events = POLLIN};
    poll(&ask, 1, 0);
    printf("poll, for ever: %s\n", ask.revents & POLLIN ? "readable" : "not readable");
    send_to(server, "still", LO, port_of(client));
    printf("a datagram that arrives later: %s\n", hear(client));
    shutdown(client, SHUT_WR);
    signal(SIGPIPE, SIG_IGN);
    printf("SHUT_WR, then send: %s\n", outcome(send(client, "x", 1, 0)));

    int sleeper = udp_at(LO, 7002);
    pthread_t thread;
    pthread_create(&thread, NULL, shut_when_asleep, &sleeper);
    ssize_t received = recv(sleeper, buffer, sizeof buffer, 0);
    pthread_join(thread, &said);
    printf("unconnected, a sleeping recv, shutdown: %s, and recv wakes with %zd bytes\n", (char *)said, received);
}
