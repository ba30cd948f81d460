/*
 * Program: udpreporter
 * Differs: select waits, and receives the replies that wake it; write sends
 */
#include "lib/common.h"

/* What the program has done and what it has learnt. */
struct tally {
    int sent, errors;
};

/* Says that a line is lost. The error does not tell which one: it is about any of those that were sent. */
static void report(struct tally *tally, int number) {
    tally->errors++;
    /* Task 3: name the last line that was sent, the latest that the error can be about. */
    error(0, number, "a line up to %d did not arrive", tally->sent);
}

/* Sends a line. The call can fail with an error that waited in the socket: then it has sent nothing. */
static void send_line(int fd, const char *line, size_t length, struct tally *tally) {
    ssize_t sent;
    /* Task 2: send the line to the peer. */
    while ((sent = write(fd, line, length)) < 0) {
        /* Task 4: only an earlier line can have been refused. Any other error is this line's own. */
        if (errno != ECONNREFUSED) {
            error(1, errno, "send failed");
        }
        report(tally, errno);
    }
    tally->sent++;
    printf("send bytes: %zd\n", sent);
}

/* Takes the pending error out of the socket, if it has one. */
static void take_error(int fd, struct tally *tally) {
    char reply[MAXLINE];
    ssize_t received;
    while ((received = recv(fd, reply, sizeof reply, MSG_DONTWAIT)) >= 0 || errno != EAGAIN) {
        if (received < 0) {
            report(tally, errno);
        }
    }
}

/* Waits for the next line, or for the end of the input. Errors that come in the meantime are reported at once. */
static void wait_for_input(int fd, struct tally *tally) {
    fd_set readable;
    do {
        FD_ZERO(&readable);
        FD_SET(STDIN_FILENO, &readable);
        FD_SET(fd, &readable);
        if (select(fd + 1, &readable, NULL, NULL, NULL) < 0) {
            error(1, errno, "select failed");
        }
        if (FD_ISSET(fd, &readable)) {
            take_error(fd, tally);
        }
    } while (!FD_ISSET(STDIN_FILENO, &readable));
}

/* After the last line: its refusal may be on its way. */
static void wait_for_late_errors(int fd, struct tally *tally) {
    int64_t over = monotonic_ms() + timeout_ms();
    /* Task 7: report each error that comes before this moment. A reply is not an error. */
    for (int64_t left; (left = over - monotonic_ms()) > 0;) {
        fd_set readable;
        FD_ZERO(&readable);
        FD_SET(fd, &readable);
        struct timeval limit = {.tv_sec = left / 1000, .tv_usec = left % 1000 * 1000};
        if (select(fd + 1, &readable, NULL, NULL, &limit) < 0) {
            error(1, errno, "select failed");
        }
        take_error(fd, tally);
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
    /* Task 1: fix the peer. Without one, the kernel drops every refusal. */
    if (connect(fd, (struct sockaddr *)&server, sizeof server) < 0) {
        error(1, errno, "connect failed");
    }

    /* What stdio has read ahead, poll does not see: read no byte ahead. */
    if (setvbuf(stdin, NULL, _IONBF, 0) != 0) {
        error(1, 0, "standard input cannot be unbuffered");
    }
    struct tally tally = {0};
    char line[MAXLINE];
    ssize_t length;
    while (wait_for_input(fd, &tally), (length = read_line(stdin, line, sizeof line)) >= 0) {
        printf("now sending %s\n", line);
        send_line(fd, line, (size_t)length, &tally);
    }
    wait_for_late_errors(fd, &tally);
    printf("lines sent: %d, errors reported: %d\n", tally.sent, tally.errors);
    return tally.errors == 0 ? 0 : 1;
}
