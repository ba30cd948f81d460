/*
 * Program: udpbroadcast
 * Differs: sendmsg and recvmsg, and select with the time that is left
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
    /* Task 3: wait for a datagram, and no longer than the `left` milliseconds. */
    fd_set readable;
    FD_ZERO(&readable);
    FD_SET(fd, &readable);
    struct timeval time_left = {.tv_sec = left / 1000, .tv_usec = left % 1000 * 1000};
    int ready = select(fd + 1, &readable, NULL, NULL, &time_left);
    if (ready < 0) {
        error(1, errno, "select failed");
    }
    return ready > 0;
}

int main(int argc, char **argv) {
    if (argc != 2) {
        error(2, 0, "usage: %s <broadcast-address>", argv[0]);
    }
    struct sockaddr_in everybody = ipv4_address(argv[1], SERV_PORT);

    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (fd < 0) {
        error(1, errno, "socket failed");
    }
    set_receive_deadline(fd);

    /* Task 1: allow this socket to send to everybody. */
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

    /* Task 2: send the line to everybody. The socket stays unconnected: everybody is not who will answer. */
    struct iovec text = {.iov_base = line, .iov_len = (size_t)length};
    struct msghdr question = {
        .msg_name = &everybody, .msg_namelen = sizeof everybody, .msg_iov = &text, .msg_iovlen = 1};
    ssize_t sent = sendmsg(fd, &question, 0);
    if (sent < 0) {
        error(1, errno, "sendto failed");
    }
    printf("send bytes: %zd\n", sent);

    /* One deadline for all the replies: one that comes does not begin the waiting anew. */
    int replies = 0;
    int64_t over = now_ms() + deadline_ms(fd);
    while (datagram_before(over, fd)) {
        /* Task 4: receive a reply together with its sender's address, which alone tells who it is from. */
        char reply[2 * MAXLINE];
        struct sockaddr_in sender;
        struct iovec room = {.iov_base = reply, .iov_len = sizeof reply - 1};
        struct msghdr answer = {.msg_name = &sender, .msg_namelen = sizeof sender, .msg_iov = &room, .msg_iovlen = 1};
        ssize_t received = recvmsg(fd, &answer, 0);
        if (received < 0) {
            error(1, errno, "recvmsg failed");
        }
        reply[received] = '\0';
        char from[ADDRESS_TEXT_SIZE];
        printf("%s: %s\n", address_text(&sender, from), reply);
        replies++;
    }
    if (replies == 0) {
        error(1, 0, "nobody answered");
    }
    return 0;
}
