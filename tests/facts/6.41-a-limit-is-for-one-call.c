/* 6.41 A socket's time limit is for one call
 * verdict  Worth knowing
 * text     recv with a limit of 300 ms each, until it is over: after the last datagram
 *          one deadline of 300 ms for all of it: before the last datagram
 * needs    loopback
 */
#include "fact.h"

enum { LIMIT = 300, PAUSE = 50, DATAGRAMS = 24 };

static volatile bool all_sent;

static void *keep_sending(void *unused) {
    int client = udp_to(LO, 7001);
    for (int i = 0; i < DATAGRAMS; i++) {
        send(client, "x", 1, 0);
        usleep(PAUSE * 1000);
    }
    all_sent = true;
    return unused;
}

static long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static const char *when_over(int server, bool one_deadline) {
    pthread_t thread;
    char byte;
    long over = now() + LIMIT;
    all_sent = false;
    pthread_create(&thread, NULL, keep_sending, NULL);
    for (;;) {
        long left = one_deadline ? over - now() : LIMIT;
        struct timeval limit = {0, left * 1000};
        if (left <= 0)
            break;
        setsockopt(server, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        if (recv(server, &byte, 1, 0) < 0)
            break;
    }
    const char *when = all_sent ? "after the last datagram" : "before the last datagram";
    pthread_join(thread, NULL);
    return when;
}

int main(void) {
    int server = udp_at(LO, 7001);
    printf("recv with a limit of 300 ms each, until it is over: %s\n", when_over(server, false));
    printf("one deadline of 300 ms for all of it: %s\n", when_over(server, true));
}
