/*
 * Program: udpclient
 * Differs: a non-blocking socket, and poll that waits until the deadline
 */
#include "lib/common.h"

/* Waits with poll for the time that set_receive_deadline chose, then receives without waiting. */
static ssize_t receive(int fd, char *buffer, size_t room, struct sockaddr_in *sender, socklen_t *size) {
    struct timeval limit;
    socklen_t limit_size = sizeof limit;
    if (getsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, &limit_size) < 0) {
        error(1, errno, "getsockopt failed");
    }
    struct pollfd wanted = {.fd = fd, .events = POLLIN};
    int ready = poll(&wanted, 1, (int)(limit.tv_sec * 1000 + limit.tv_usec / 1000));
    if (ready == 0) {
        errno = EAGAIN;
    }
    return ready <= 0 ? -1 : recvfrom(fd, buffer, room, 0, (struct sockaddr *)sender, size);
}

int main(int argc, char **argv) {
    if (argc != 2) {
        error(2, 0, "usage: %s <IPaddress>", argv[0]);
    }
    struct sockaddr_in server = ipv4_address(argv[1], SERV_PORT);

    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
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
            received = receive(fd, reply, sizeof reply - 1, &sender, &size);
            if (received < 0) {
                error(1, errno, "recvfrom failed");
            }
        } while (!same_address(&sender, &server));
        reply[received] = '\0';
        printf("%s\n", reply);
    }
    return 0;
}
