/*
 * Program: udpconnectclient
 * Differs: getaddrinfo makes the address, and strerror the message
 */
#include "lib/common.h"

int main(int argc, char **argv) {
    if (argc != 2) {
        error(2, 0, "usage: %s <IPaddress>", argv[0]);
    }
    struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_DGRAM, .ai_flags = AI_NUMERICHOST};
    struct addrinfo *server;
    int problem = getaddrinfo(argv[1], "43211", &hints, &server);
    if (problem != 0) {
        fprintf(stderr, "%s: %s\n", argv[1], gai_strerror(problem));
        return 2;
    }

    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (fd < 0) {
        error(1, errno, "socket failed");
    }
    set_receive_deadline(fd);

    if (connect(fd, server->ai_addr, server->ai_addrlen) < 0) {
        error(1, errno, "connect failed");
    }
    freeaddrinfo(server);

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
            fprintf(stderr, "recv failed: %s (%d)\n", strerror(errno), errno);
            return 1;
        }
        reply[received] = '\0';
        printf("%s\n", reply);
    }
    return 0;
}
