/*
 * Program: udpconnectclient
 * Differs: a timer that is a descriptor (timerfd) ends the wait of poll
 */
#include "lib/common.h"

#include <sys/timerfd.h>

static int started_timer(void) {
    int64_t ms = timeout_ms();
    struct itimerspec end = {.it_value = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000}};
    int timer = timerfd_create(CLOCK_MONOTONIC, 0);
    if (timer < 0 || timerfd_settime(timer, 0, &end, NULL) < 0) {
        error(1, errno, "timerfd failed");
    }
    return timer;
}

static ssize_t receive(int timer, int fd, char *reply, size_t capacity) {
    struct pollfd wait[] = {{.fd = fd, .events = POLLIN}, {.fd = timer, .events = POLLIN}};
    if (poll(wait, 2, -1) < 0) {
        error(1, errno, "poll failed");
    }
    if (wait[0].revents == 0) {
        error(1, EAGAIN, "recv failed");
    }
    ssize_t received = recv(fd, reply, capacity, 0);
    if (received < 0) {
        error(1, errno, "recv failed");
    }
    return received;
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
        int timer = started_timer();
        ssize_t received = receive(timer, fd, reply, sizeof reply - 1);
        reply[received] = '\0';
        close(timer);
        printf("%s\n", reply);
    }
    return 0;
}
