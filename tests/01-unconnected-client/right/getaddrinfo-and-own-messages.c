/*
 * Program: udpclient
 * Differs: getaddrinfo makes the address, strerror the messages, and progress is told on standard error
 */
#include "lib/common.h"

int main(int argc, char **argv) {
    if (argc != 2) {
        error(2, 0, "usage: %s <IPaddress>", argv[0]);
    }
    struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_DGRAM, .ai_flags = AI_NUMERICHOST};
    struct addrinfo *found;
    int problem = getaddrinfo(argv[1], "43211", &hints, &found);
    if (problem != 0) {
        fprintf(stderr, "%s: %s\n", argv[1], gai_strerror(problem));
        return 2;
    }
    struct sockaddr_in server;
    memcpy(&server, found->ai_addr, sizeof server);
    freeaddrinfo(found);
    fprintf(stderr, "asking %s\n", argv[1]);

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
                fprintf(stderr, "recvfrom failed: %s (%d)\n", strerror(errno), errno);
                return 1;
            }
        } while (!same_address(&sender, &server));
        reply[received] = '\0';
        printf("%s\n", reply);
    }
    return 0;
}
