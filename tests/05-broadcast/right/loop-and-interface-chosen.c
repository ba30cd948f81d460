/*
 * Program: udpmulticast
 * Differs: sets the TTL, the loop and the interface that are the defaults, peeks at the length, and reads
 * with recvmsg
 */
#include "lib/common.h"

/* Milliseconds on a clock that nobody sets. */
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

/* True when a datagram is there to be received, false when the moment `over` has come without one. */
static bool datagram_before(int64_t over, int fd) {
    int left = (int)(over - now_ms());
    if (left <= 0) {
        return false;
    }
    struct pollfd waiting = {.fd = fd, .events = POLLIN};
    ssize_t ready = poll(&waiting, 1, left);
    if (ready < 0) {
        error(1, errno, "poll failed");
    }
    return ready > 0;
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

    unsigned char hops = 1, loop = 1;
    struct in_addr any = {.s_addr = htonl(INADDR_ANY)};
    if (setsockopt(fd, IPPROTO_IP, IP_MULTICAST_TTL, &hops, sizeof hops) < 0 ||
        setsockopt(fd, IPPROTO_IP, IP_MULTICAST_LOOP, &loop, sizeof loop) < 0 ||
        setsockopt(fd, IPPROTO_IP, IP_MULTICAST_IF, &any, sizeof any) < 0) {
        error(1, errno, "setsockopt failed");
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

    /* Task 5: send the line to the group. No permission is needed: only who has joined will hear it. */
    ssize_t sent = sendto(fd, line, (size_t)length, 0, (struct sockaddr *)&group, sizeof group);
    if (sent < 0) {
        error(1, errno, "sendto failed");
    }
    printf("send bytes: %zd\n", sent);

    /* One deadline for all the replies: one that comes does not begin the waiting anew. */
    int replies = 0;
    int64_t over = now_ms() + deadline_ms(fd);
    while (datagram_before(over, fd)) {
        /* Task 6: receive a reply and its sender's address: a member's own, never the group's. */
        ssize_t received = recv(fd, NULL, 0, MSG_PEEK | MSG_TRUNC);
        if (received < 0) {
            error(1, errno, "recv failed");
        }
        char *reply = calloc((size_t)received + 1, 1);
        if (reply == NULL) {
            error(1, errno, "calloc failed");
        }
        struct sockaddr_in sender;
        struct iovec room = {.iov_base = reply, .iov_len = (size_t)received};
        struct msghdr message = {.msg_name = &sender, .msg_namelen = sizeof sender, .msg_iov = &room, .msg_iovlen = 1};
        if (recvmsg(fd, &message, 0) < 0) {
            error(1, errno, "recvmsg failed");
        }
        char text[ADDRESS_TEXT_SIZE];
        printf("%s: %s\n", address_text(&sender, text), reply);
        free(reply);
        replies++;
    }
    if (replies == 0) {
        error(1, 0, "nobody answered");
    }
    return 0;
}
