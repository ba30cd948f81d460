/*
 * Program: udpconnectclient
 * Mistake: connects one socket to test the server, and talks through another one
 * Caught by: a stranger's datagram is not mistaken for the reply
 * Feedback: was never connected
 * Also fails: send carries no address: the socket knows its peer
 * Also fails: a refused datagram is reported as "Connection refused"
 * Also fails: a server that has stopped is noticed at the next datagram
 */
#include "lib/common.h"

static void look_for_server(const struct sockaddr_in *server) {
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (fd < 0 || connect(fd, (const struct sockaddr *)server, sizeof *server) < 0) {
        error(1, errno, "connect failed");
    }
    close(fd);
}

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

    look_for_server(&server);

    char line[MAXLINE];
    ssize_t length;
    while ((length = read_line(stdin, line, sizeof line)) >= 0) {
        printf("now sending %s\n", line);

        ssize_t sent = sendto(fd, line, (size_t)length, 0, (struct sockaddr *)&server, sizeof server);
        if (sent < 0) {
            error(1, errno, "send failed");
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
