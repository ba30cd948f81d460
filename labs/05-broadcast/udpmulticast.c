/*
 * 05-broadcast: how do connect and multicast go together?
 *
 * Run:     ./udpmulticast 239.1.2.3      one line of input to all members of the group, and a reply from each
 * Prints:  now sending hello
 *          send bytes: 5
 *          10.0.0.2:43211: Hi, hello
 *          10.0.0.3:43211: Hi, hello
 * Nobody there:  nobody answered
 */
#include "lib/common.h"

/* Milliseconds on a clock that nobody can set. */
static int64_t now_ms(void) {
    struct timespec now;
    if (clock_gettime(CLOCK_MONOTONIC, &now) < 0) {
        error(1, errno, "clock_gettime failed");
    }
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* How long set_receive_deadline() lets this socket wait. */
static int64_t deadline_ms(int fd) {
    struct timeval deadline;
    socklen_t size = sizeof deadline;
    if (getsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &deadline, &size) < 0) {
        error(1, errno, "getsockopt SO_RCVTIMEO failed");
    }
    return (int64_t)deadline.tv_sec * 1000 + deadline.tv_usec / 1000;
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
    set_receive_deadline(fd);

    char line[MAXLINE + 1];
    ssize_t length = read_line(stdin, line, sizeof line);
    if (length < 0) {
        error(1, 0, "there is no line to send");
    }
    if (length == MAXLINE) {
        error(2, 0, "the line is longer than %d bytes", MAXLINE - 1);
    }
    printf("now sending %s\n", line);

    /* Task 5: send the line to the group. No permission is needed: only hosts that have joined receive it. */
    todo("5: send the line to the group, and say what happened", group);

    /* One deadline for all the replies: a reply does not restart the wait. */
    int replies = 0;
    int64_t over = now_ms() + deadline_ms(fd);
    /* Task 6: print the replies that come before this moment. Each has a member's own address. */
    todo("6: receive and print replies until the deadline is over", over, replies);
    if (replies == 0) {
        error(1, 0, "nobody answered");
    }
    return 0;
}
