/*
 * Program: udpmulticast
 * Differs: SIGIO says that a reply has come, and sigtimedwait waits for it until the deadline
 */
#include "lib/common.h"

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

/* From now on the kernel sends SIGIO when a datagram comes. */
static void ask_for_signals(int fd, sigset_t *signals) {
    sigemptyset(signals);
    sigaddset(signals, SIGIO);
    if (sigprocmask(SIG_BLOCK, signals, NULL) < 0) {
        error(1, errno, "sigprocmask failed");
    }
    if (fcntl(fd, F_SETOWN, getpid()) < 0 || fcntl(fd, F_SETFL, O_ASYNC) < 0) {
        error(1, errno, "fcntl failed");
    }
}

int main(int argc, char **argv) {
    if (argc != 2) {
        error(2, 0, "usage: %s <group>", argv[0]);
    }
    struct sockaddr_in group = ipv4_address(argv[1], SERV_PORT);
    if (!IN_MULTICAST(ntohl(group.sin_addr.s_addr))) {
        error(2, 0, "'%s' is not a multicast group (224.0.0.0 to 239.255.255.255)", argv[1]);
    }
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (fd < 0) {
        error(1, errno, "socket failed");
    }
    sigset_t signals;
    ask_for_signals(fd, &signals);

    char line[MAXLINE + 1];
    ssize_t length = read_line(stdin, line, sizeof line);
    if (length < 0) {
        error(1, 0, "there is no line to send");
    }
    if (length == MAXLINE) {
        error(2, 0, "the line is longer than %d bytes", MAXLINE - 1);
    }
    printf("now sending %s\n", line);
    ssize_t sent = sendto(fd, line, (size_t)length, 0, (struct sockaddr *)&group, sizeof group);
    if (sent < 0) {
        error(1, errno, "sendto failed");
    }
    printf("send bytes: %zd\n", sent);

    int replies = 0;
    int64_t end = monotonic_ms() + timeout_ms();
    int64_t left;
    while ((left = end - monotonic_ms()) > 0) {
        struct timespec limit = {.tv_sec = left / 1000, .tv_nsec = left % 1000 * 1000000};
        if (sigtimedwait(&signals, NULL, &limit) < 0 && errno != EAGAIN) {
            error(1, errno, "sigtimedwait failed");
        }
        replies += print_replies(fd);
    }
    if (replies == 0) {
        error(1, 0, "nobody answered");
    }
    return 0;
}
