/*
 * Program: udpbroadcast
 * Differs: sends with sendmmsg, and takes up to four replies with each recvmmsg
 */
#include "lib/common.h"

static void print_reply(char *reply, size_t length, const struct sockaddr_in *sender) {
    char text[ADDRESS_TEXT_SIZE];
    reply[length] = '\0';
    printf("%s: %s\n", address_text(sender, text), reply);
}

enum { BATCH = 4 };

/* Waits for replies until the socket's deadline, prints them, and returns how many they were. */
static int print_batch(int fd) {
    static char reply[BATCH][2 * MAXLINE];
    struct sockaddr_in sender[BATCH];
    struct iovec room[BATCH];
    struct mmsghdr in[BATCH];
    for (int i = 0; i < BATCH; i++) {
        room[i] = (struct iovec){.iov_base = reply[i], .iov_len = sizeof reply[i] - 1};
        in[i] = (struct mmsghdr){.msg_hdr = {
                                     .msg_iov = &room[i],
                                     .msg_iovlen = 1,
                                     .msg_name = &sender[i],
                                     .msg_namelen = sizeof sender[i],
                                 }};
    }
    int count = recvmmsg(fd, in, BATCH, MSG_WAITFORONE, NULL);
    if (count < 0 && errno != EAGAIN) {
        error(1, errno, "recvmmsg failed");
    }
    for (int i = 0; i < count; i++) {
        print_reply(reply[i], in[i].msg_len, &sender[i]);
    }
    return count < 0 ? 0 : count;
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
    struct iovec bytes = {.iov_base = line, .iov_len = (size_t)length};
    struct mmsghdr out = {.msg_hdr = {
                              .msg_iov = &bytes,
                              .msg_iovlen = 1,
                              .msg_name = &everybody,
                              .msg_namelen = sizeof everybody,
                          }};
    if (sendmmsg(fd, &out, 1, 0) != 1) {
        error(1, errno, "sendto failed");
    }
    printf("send bytes: %u\n", out.msg_len);

    int replies = 0;
    int64_t end = monotonic_ms() + timeout_ms();
    int64_t left;
    while ((left = end - monotonic_ms()) > 0) {
        struct timeval limit = {.tv_sec = left / 1000, .tv_usec = left % 1000 * 1000};
        if (setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) < 0) {
            error(1, errno, "setsockopt SO_RCVTIMEO failed");
        }
        replies += print_batch(fd);
    }
    if (replies == 0) {
        error(1, 0, "nobody answered");
    }
    return 0;
}
