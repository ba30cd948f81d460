/*
 * Program: udpconnectclient
 * Mistake: has a reply buffer as large as the line: too small for the greeting in front of it
 * Caught by: an empty line, a NUL byte and a line of 4095 bytes arrive unchanged
 * Feedback: longer than the room
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

        char reply[MAXLINE];
        ssize_t received = recv(fd, reply, sizeof reply - 1, 0);
        if (received < 0) {
            error(1, errno, "recv failed");
        }
        reply[received] = '\0';
        printf("%s\n", reply);
    }
    return 0;
}
