/*
 * Program: udpclient
 * Differs: sends with sendmsg, and receives with recvmsg
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

        struct iovec out = {.iov_base = line, .iov_len = (size_t)length};
        struct msghdr question = {.msg_name = &server, .msg_namelen = sizeof server, .msg_iov = &out, .msg_iovlen = 1};
        ssize_t sent = sendmsg(fd, &question, 0);
        if (sent < 0) {
            error(1, errno, "sendto failed");
        }
        printf("send bytes: %zd\n", sent);

        char reply[2 * MAXLINE];
        struct sockaddr_in sender;
        ssize_t received;
        do {
            struct iovec in = {.iov_base = reply, .iov_len = sizeof reply - 1};
            struct msghdr answer = {.msg_name = &sender, .msg_namelen = sizeof sender, .msg_iov = &in, .msg_iovlen = 1};
            received = recvmsg(fd, &answer, 0);
            if (received < 0) {
                error(1, errno, "recvfrom failed");
            }
        } while (!same_address(&sender, &server));
        reply[received] = '\0';
        printf("%s\n", reply);
    }
    return 0;
}
