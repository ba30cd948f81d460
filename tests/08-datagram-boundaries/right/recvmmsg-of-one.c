/*
 * Program: udpcollector
 * Differs: recvmmsg receives, with room for the sender
 */
#include "lib/common.h"

enum { MESSAGE_SIZE = 1024 }; /* of a longer message, only the beginning is kept */

int main(int argc, char **argv) {
    if (argc != 1) {
        error(2, 0, "usage: %s", argv[0]);
    }
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (fd < 0) {
        error(1, errno, "socket failed");
    }
    struct sockaddr_in local = ipv4_address("0.0.0.0", SERV_PORT);
    if (bind(fd, (struct sockaddr *)&local, sizeof local) < 0) {
        error(1, errno, "bind failed");
    }

    for (;;) {
        char message[MESSAGE_SIZE + 1];
        /* Task 1: receive at most MESSAGE_SIZE bytes, and learn how long the datagram was. */
        struct sockaddr_storage sender;
        struct iovec space = {message, MESSAGE_SIZE};
        struct mmsghdr one = {
            .msg_hdr = {.msg_name = &sender, .msg_namelen = sizeof sender, .msg_iov = &space, .msg_iovlen = 1}};
        ssize_t size = recvmmsg(fd, &one, 1, MSG_TRUNC, NULL) == 1 ? (ssize_t)one.msg_len : -1;
        /* Task 2: a datagram without bytes is a datagram, and not a failure. */
        if (size < 0) {
            error(1, errno, "recv failed");
        }

        /* Task 3: how many of its bytes are in the buffer? The kernel has thrown the rest away. */
        size_t kept = (size_t)size < MESSAGE_SIZE ? (size_t)size : MESSAGE_SIZE;
        message[kept] = '\0';
        if (kept == (size_t)size) {
            printf("received %zd bytes: %s\n", size, message);
        } else {
            printf("received %zu of %zd bytes: %s\n", kept, size, message);
        }
    }
}
