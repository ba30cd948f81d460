/*
 * NN-topic: the question, in one sentence?
 *
 * Run:     ./udptopic 127.0.0.1      one line of input, one datagram, one reply
 * Prints:  send bytes: 2
 *          Hi, g1
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
        /* Task 1: send the line to the server. */
        ssize_t sent = sendto(fd, line, (size_t)length, 0, (struct sockaddr *)&server, sizeof server);
        if (sent < 0) {
            error(1, errno, "sendto failed");
        }
        printf("send bytes: %zd\n", sent);

        char reply[2 * MAXLINE];
        ssize_t received = recv(fd, reply, sizeof reply - 1, 0);
        if (received < 0) {
            error(1, errno, "recv failed");
        }
        reply[received] = '\0';
        printf("%s\n", reply);
    }
    return 0;
}
