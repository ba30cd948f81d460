/*
 * Program: udpconnectclient
 * Differs: an interval timer and its SIGALRM interrupt the blocking call at the deadline
 */
#include "lib/common.h"

static void wake_up(int number) {
    (void)number;
}

/* The signal comes again and again after the deadline: it might be early for the call that it is to interrupt. */
static void set_alarm(int64_t ms) {
    struct itimerval timer = {
        .it_value = {.tv_sec = ms / 1000, .tv_usec = ms % 1000 * 1000},
        .it_interval = {.tv_usec = ms == 0 ? 0 : 10000},
    };
    if (setitimer(ITIMER_REAL, &timer, NULL) < 0) {
        error(1, errno, "setitimer failed");
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
    if (connect(fd, (struct sockaddr *)&server, sizeof server) < 0) {
        error(1, errno, "connect failed");
    }
    struct sigaction interrupt = {.sa_handler = wake_up};
    if (sigaction(SIGALRM, &interrupt, NULL) < 0) {
        error(1, errno, "sigaction failed");
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
        set_alarm(timeout_ms());
        ssize_t received = recv(fd, reply, sizeof reply - 1, 0);
        if (received < 0) {
            error(1, errno == EINTR ? EAGAIN : errno, "recv failed");
        }
        set_alarm(0);
        reply[received] = '\0';
        printf("%s\n", reply);
    }
    return 0;
}
