/*
 * Program: udpconnectclient
 * Mistake: connects to a port that is not the server's
 * Caught by: connect sets the peer before the first datagram
 * Feedback: the program turns to 127.0.0.1:4321
 * Also fails: connect puts nothing on the wire
 * Also fails: a line becomes one datagram, and its reply is printed
 * Also fails: a server that has stopped is noticed at the next datagram
 * Also fails: the client waits for a silent peer until the deadline, and reports no refusal
 * Also fails: a stranger's datagram is not mistaken for the reply
 * Also fails: two clients at the same time each get their own replies
 * Also fails: an empty line, a NUL byte and a line of 4095 bytes arrive unchanged
 * Also fails: Valgrind finds no memory error and no leak
 */
#include "lib/common.h"

int main(int argc, char **argv) {
    if (argc != 2) {
        error(2, 0, "usage: %s <IPaddress>", argv[0]);
    }
    struct sockaddr_in server = ipv4_address(argv[1], 4321);

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
        ssize_t received = recv(fd, reply, sizeof reply - 1, 0);
        if (received < 0) {
            error(1, errno, "recv failed");
        }
        reply[received] = '\0';
        printf("%s\n", reply);
    }
    return 0;
}
