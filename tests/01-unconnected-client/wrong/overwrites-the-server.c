/*
 * Program: udpclient
 * Mistake: lets recvfrom overwrite the server's address with the sender's
 * Caught by: a stranger's datagram before the reply is ignored
 * Feedback: is a stranger's
 * Also fails: a stranger's datagram is ignored when no reply comes
 * Also fails: the server's port at another address is ignored, too
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

        ssize_t sent = sendto(fd, line, (size_t)length, 0, (struct sockaddr *)&server, sizeof server);
        if (sent < 0) {
            error(1, errno, "sendto failed");
        }
        printf("send bytes: %zd\n", sent);

        char reply[2 * MAXLINE];
        socklen_t size = sizeof server;
        ssize_t received = recvfrom(fd, reply, sizeof reply - 1, 0, (struct sockaddr *)&server, &size);
        if (received < 0) {
            error(1, errno, "recvfrom failed");
        }
        reply[received] = '\0';
        printf("%s\n", reply);
    }
    return 0;
}
