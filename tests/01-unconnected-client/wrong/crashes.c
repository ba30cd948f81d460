/*
 * Program: udpclient
 * Mistake: ends the reply at its full stop, and there is none
 * Caught by: a stranger's datagram before the reply is ignored
 * Feedback: a pointer that points nowhere
 * Also fails: a line becomes one datagram, and its reply is printed
 * Also fails: one socket is used for all lines, and is never connected
 * Also fails: the server's port at another address is ignored, too
 * Also fails: an empty line, a NUL byte and a line of 4095 bytes arrive unchanged
 * Also fails: a line of 10000 bytes arrives in pieces, and nothing is lost
 * Also fails: Valgrind finds no memory error and no leak
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
        struct sockaddr_in sender;
        ssize_t received;
        do {
            socklen_t size = sizeof sender;
            received = recvfrom(fd, reply, sizeof reply - 1, 0, (struct sockaddr *)&sender, &size);
            if (received < 0) {
                error(1, errno, "recvfrom failed");
            }
        } while (!same_address(&sender, &server));
        reply[received] = '\0';
        *strchr(reply, '.') = '\0';
        printf("%s\n", reply);
    }
    return 0;
}
