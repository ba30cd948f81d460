/*
 * Program: udpclient
 * Differs: sends and receives with the calls for many datagrams, one at a time
 */
#include "lib/common.h"

int main(int argc, char **argv) {
    if (argc != 2) {
        error(2, 0, "usage: %s <IPaddress>", argv[0]);
    }
    struct sockaddr_in server = ipv4_address(argv[1], SERV_PORT);

    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (fd < 0) {
        error(1, errno, "socket failed");
    }
    set_receive_deadline(fd);

    char line[MAXLINE];
    ssize_t length;
    while ((length = read_line(stdin, line, sizeof line)) >= 0) {
        printf("now sending %s\n", line);
        struct iovec bytes = {.iov_base = line, .iov_len = (size_t)length};
        struct mmsghdr out = {
            .msg_hdr = {.msg_iov = &bytes, .msg_iovlen = 1, .msg_name = &server, .msg_namelen = sizeof server}};
        if (sendmmsg(fd, &out, 1, 0) != 1) {
            error(1, errno, "sendmmsg failed");
        }
        ssize_t sent = out.msg_len;
        printf("send bytes: %zd\n", sent);

        char reply[2 * MAXLINE];
        struct sockaddr_in sender;
        struct mmsghdr in;
        do {
            struct iovec room = {.iov_base = reply, .iov_len = sizeof reply - 1};
            in = (struct mmsghdr){.msg_hdr = {
                                      .msg_iov = &room,
                                      .msg_iovlen = 1,
                                      .msg_name = &sender,
                                      .msg_namelen = sizeof sender,
                                  }};
            if (recvmmsg(fd, &in, 1, 0, NULL) != 1) {
                error(1, errno, "recvfrom failed");
            }
        } while (!same_address(&sender, &server));
        reply[in.msg_len] = '\0';
        printf("%s\n", reply);
    }
    return 0;
}
