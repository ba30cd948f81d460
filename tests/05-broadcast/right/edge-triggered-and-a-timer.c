/*
 * Program: udpbroadcast
 * Differs: an edge-triggered epoll watches the socket and a timer that is a descriptor
 */
#include "lib/common.h"

#include <sys/timerfd.h>

static void print_reply(char *reply, size_t length, const struct sockaddr_in *sender) {
    char text[ADDRESS_TEXT_SIZE];
    reply[length] = '\0';
    printf("%s: %s\n", address_text(sender, text), reply);
}

/* Prints all the replies that are there. Returns how many they were. */
static int print_replies(int fd) {
    char reply[2 * MAXLINE];
    struct sockaddr_in sender;
    socklen_t size = sizeof sender;
    ssize_t received;
    int count = 0;
    while ((received = recvfrom(fd, reply, sizeof reply - 1, MSG_DONTWAIT, (struct sockaddr *)&sender, &size)) >= 0) {
        print_reply(reply, (size_t)received, &sender);
        count++;
        size = sizeof sender;
    }
    if (errno != EAGAIN) {
        error(1, errno, "recvfrom failed");
    }
    return count;
}

static void watch(int events, int fd) {
    struct epoll_event interest = {.events = EPOLLIN | EPOLLET, .data.fd = fd};
    if (epoll_ctl(events, EPOLL_CTL_ADD, fd, &interest) < 0) {
        error(1, errno, "epoll_ctl failed");
    }
}

static int started_timer(void) {
    int64_t ms = timeout_ms();
    struct itimerspec end = {.it_value = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000}};
    int timer = timerfd_create(CLOCK_MONOTONIC, 0);
    if (timer < 0 || timerfd_settime(timer, 0, &end, NULL) < 0) {
        error(1, errno, "timerfd failed");
    }
    return timer;
}

int main(int argc, char **argv) {
    if (argc != 2) {
        error(2, 0, "usage: %s <broadcast-address>", argv[0]);
    }
    struct sockaddr_in everybody = ipv4_address(argv[1], SERV_PORT);
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    if (fd < 0) {
        error(1, errno, "socket failed");
    }
    int yes = 1;
    if (setsockopt(fd, SOL_SOCKET, SO_BROADCAST, &yes, sizeof yes) < 0) {
        error(1, errno, "setsockopt SO_BROADCAST failed");
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

    int events = epoll_create1(0);
    if (events < 0) {
        error(1, errno, "epoll_create1 failed");
    }
    int timer = started_timer();
    watch(events, fd);
    watch(events, timer);
    int replies = 0;
    struct epoll_event event = {0};
    do {
        if (epoll_wait(events, &event, 1, -1) < 0 && errno != EINTR) {
            error(1, errno, "epoll_wait failed");
        }
        replies += print_replies(fd);
    } while (event.data.fd != timer);
    if (replies == 0) {
        error(1, 0, "nobody answered");
    }
    return 0;
}
