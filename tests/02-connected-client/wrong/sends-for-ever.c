/*
 * Program: udpconnectclient
 * Mistake: sends the line again and again until a reply comes
 * Caught by: a server that has stopped is noticed at the next datagram
 * Feedback: thousands of times
 * Also fails: a refused datagram is reported as "Connection refused"
 * Also fails: the client waits for a silent peer until the deadline, and reports no refusal
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

    if (connect(fd, (struct sockaddr *)&server, sizeof server) < 0) {
        error(1, errno, "connect failed");
    }

    char line[MAXLINE];
    ssize_t length;
    while ((length = read_line(stdin, line, sizeof line)) >= 0) {
        printf("now sending %s\n", line);

        ssize_t sent = send(fd, line, (size_t)length, 0);
        if (sent < 0) {
            error(1, errno, "send failed");
        }
        printf("send bytes: %zd\n", sent);

        char reply[2 * MAXLINE];
        ssize_t received;
        while ((received = recv(fd, reply, sizeof reply - 1, 0)) < 0) {
            send(fd, line, (size_t)length, 0);
        }
        reply[received] = '\0';
        printf("%s\n", reply);
    }
    return 0;
}
