/*
 * Program: udpclient
 * Differs: one deadline for the whole reply, whatever strangers write: a clock and select
 */
#include "lib/common.h"

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* The time limit that set_receive_deadline gave the socket. */
static double limit_of(int fd) {
    struct timeval limit;
    socklen_t size = sizeof limit;
    if (getsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, &size) < 0) {
        error(1, errno, "getsockopt failed");
    }
    return (double)limit.tv_sec + (double)limit.tv_usec / 1e6;
}

/* Ends the program when nothing comes until then. */
static void wait_until(double end, int fd) {
    double left = end - now();
    struct timeval time = {.tv_sec = (time_t)left, .tv_usec = (suseconds_t)((left - (double)(time_t)left) * 1e6)};
    fd_set wanted;
    FD_ZERO(&wanted);
    FD_SET(fd, &wanted);
    if (left <= 0 || select(fd + 1, &wanted, NULL, NULL, &time) == 0) {
        error(1, EAGAIN, "recvfrom failed");
    }
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
        double end = now() + limit_of(fd);
        do {
            wait_until(end, fd);
            socklen_t size = sizeof sender;
            received = recvfrom(fd, reply, sizeof reply - 1, 0, (struct sockaddr *)&sender, &size);
            if (received < 0) {
                error(1, errno, "recvfrom failed");
            }
        } while (!same_address(&sender, &server));
        reply[received] = '\0';
        printf("%s\n", reply);
    }
    return 0;
}
