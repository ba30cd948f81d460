/* 7.6 TCP can carry more small messages
 * verdict  True
 * text     64 bytes each, a receiver that only reads; TCP delivered more a second: yes
 * needs    loopback
 */
#include "fact.h"

static double now(void) {
    struct timespec at_once;
    clock_gettime(CLOCK_MONOTONIC, &at_once);
    return (double)at_once.tv_sec + (double)at_once.tv_nsec / 1e9;
}

/* Millions of messages a second that arrive, while another process sends for half a second. */
static double delivered(int receiver, int sender) {
    char buffer[65536], message[64] = {0};
    double begin = now();
    long bytes = 0;
    pid_t child = fork();
    if (child == 0) {
        while (now() - begin < 0.5)
            for (int i = 0; i < 100; i++)
                if (send(sender, message, sizeof message, 0) < 0)
                    _exit(1);
        _exit(0);
    }
    struct timeval pause = {.tv_usec = 200000};
    setsockopt(receiver, SOL_SOCKET, SO_RCVTIMEO, &pause, sizeof pause);
    for (ssize_t n; (n = recv(receiver, buffer, sizeof buffer, 0)) > 0;)
        bytes += n;
    waitpid(child, NULL, 0);
    return (double)bytes / 64 / 0.5 / 1e6;
}

int main(void) {
    int server = udp_at(LO, 7001), client = udp_to(LO, 7001);
    double by_udp = delivered(server, client);

    int listener = (int)must("socket", socket(AF_INET, SOCK_STREAM, 0)), stream = socket(AF_INET, SOCK_STREAM, 0);
    must("bind", bind_to(listener, LO, 7001));
    must("listen", listen(listener, 1));
    must("connect", connect_to(stream, LO, 7001));
    double by_tcp = delivered((int)must("accept", accept(listener, NULL, NULL)), stream);

    printf("64 bytes each, a receiver that only reads; TCP delivered more a second: %s\n", yes(by_tcp > by_udp));
    printf("note: UDP %.2f, TCP %.2f million\n", by_udp, by_tcp);
}
