/*
 * Program: udpclient
 * Mistake: allocates a buffer for each reply, and frees none
 * Caught by: Valgrind finds no memory error and no leak
 * Feedback: are definitely lost, udpclient.c
 * Feedback: memory of malloc is never given back with free
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

        char *reply = malloc(2 * MAXLINE);
        if (reply == NULL) {
            error(1, errno, "malloc failed");
        }
        struct sockaddr_in sender;
        ssize_t received;
        do {
            socklen_t size = sizeof sender;
            received = recvfrom(fd, reply, 2 * MAXLINE - 1, 0, (struct sockaddr *)&sender, &size);
            if (received < 0) {
                error(1, errno, "recvfrom failed");
            }
        } while (!same_address(&sender, &server));
        reply[received] = '\0';
        printf("%s\n", reply);
    }
    return 0;
}
