/*
 * Program: udpconnectclient
 * Differs: a non-blocking socket, and an edge-triggered epoll; waits only when the queue is empty
 */
#include "lib/common.h"

static int watch(int fd) {
    int events = epoll_create1(0);
    struct epoll_event interest = {.events = EPOLLIN | EPOLLET};
    if (events < 0 || epoll_ctl(events, EPOLL_CTL_ADD, fd, &interest) < 0) {
        error(1, errno, "epoll failed");
    }
    return events;
}

/* An edge is reported once, so the queue is asked first. */
static ssize_t receive(int events, int fd, char *reply, size_t capacity) {
    int64_t end = monotonic_ms() + timeout_ms();
    for (;;) {
        ssize_t received = recv(fd, reply, capacity, 0);
        if (received >= 0) {
            return received;
        }
        int64_t left = end - monotonic_ms();
        struct epoll_event event;
        if (errno != EAGAIN || left <= 0) {
            error(1, errno, "recv failed");
        }
        if (epoll_wait(events, &event, 1, (int)left) < 0) {
            error(1, errno, "epoll_wait failed");
        }
    }
}

int main(int argc, char **argv) {
    if (argc != 2) {
        error(2, 0, "usage: %s <IPaddress>", argv[0]);
    }
    struct sockaddr_in server = ipv4_address(argv[1], SERV_PORT);

    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    if (fd < 0) {
        error(1, errno, "socket failed");
    }
    if (connect(fd, (struct sockaddr *)&server, sizeof server) < 0) {
        error(1, errno, "connect failed");
    }
    int events = watch(fd);

    char line[MAXLINE];
    ssize_t length;
    while ((length = read_line(stdin, line, sizeof line)) >= 0) {
        printf("now sending %s\n", line);
        ssize_t sent = send(fd, line, (size_t)length, 0);
        if (sent < 0) {
            error(1, errno, "send failed");
        }
        printf("send bytes: %zd\n", sent);

        char reply[2 * MAXLINE];
        ssize_t received = receive(events, fd, reply, sizeof reply - 1);
        reply[received] = '\0';
        printf("%s\n", reply);
    }
    return 0;
}
