/*
 * Program: udpbroadcast
 * Differs: a non-blocking socket bound to a port of its own choice, epoll, and a loop that empties the
 * queue
 */
#include "lib/common.h"

static int64_t milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Prints all that has come by now, and says how much that was. */
static int empty_the_queue(int fd) {
    for (int replies = 0;; replies++) {
        char reply[MAXLINE + 16], text[ADDRESS_TEXT_SIZE];
        struct sockaddr_in from;
        socklen_t size = sizeof from;
        ssize_t length = recvfrom(fd, reply, sizeof reply, MSG_DONTWAIT, (struct sockaddr *)&from, &size);
        if (length < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            return replies;
        }
        if (length < 0) {
            error(1, errno, "recvfrom failed");
        }
        printf("%s: %.*s\n", address_text(&from, text), (int)length, reply);
    }
}

int main(int argc, char **argv) {
    if (argc != 2) {
        error(2, 0, "usage: %s <broadcast-address>", argv[0]);
    }
    struct sockaddr_in everybody = ipv4_address(argv[1], SERV_PORT);
    struct sockaddr_in local = ipv4_address("0.0.0.0", 0);
    int yes = 1;
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&local, sizeof local) < 0) {
        error(1, errno, "no bound socket");
    }
    if (setsockopt(fd, SOL_SOCKET, SO_BROADCAST, &yes, sizeof yes) < 0) {
        error(1, errno, "setsockopt SO_BROADCAST failed");
    }
    set_receive_deadline(fd);
    struct timeval deadline;
    socklen_t size = sizeof deadline;
    if (getsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &deadline, &size) < 0) {
        error(1, errno, "getsockopt failed");
    }
    int events = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event want = {.events = EPOLLIN};
    if (events < 0 || epoll_ctl(events, EPOLL_CTL_ADD, fd, &want) < 0) {
        error(1, errno, "epoll failed");
    }

    char line[MAXLINE + 1];
    ssize_t length = read_line(stdin, line, sizeof line);
    if (length < 0) {
        error(1, 0, "there is no line to send");
    }
    if (length == MAXLINE) {
        error(2, 0, "the line is longer than %d bytes", MAXLINE - 1);
    }
    printf("now sending %s\n", line);
    ssize_t sent = sendto(fd, line, (size_t)length, 0, (struct sockaddr *)&everybody, sizeof everybody);
    if (sent < 0) {
        error(1, errno, "sendto failed");
    }
    printf("send bytes: %zd\n", sent);

    int replies = 0;
    int64_t left, over = milliseconds() + deadline.tv_sec * 1000 + deadline.tv_usec / 1000;
    while ((left = over - milliseconds()) > 0) {
        int ready = epoll_wait(events, &want, 1, (int)left);
        if (ready < 0) {
            error(1, errno, "epoll_wait failed");
        }
        replies += empty_the_queue(fd);
    }
    if (replies == 0) {
        error(1, 0, "nobody answered");
    }
    return 0;
}
