/*
 * Program: udpreporter
 * Differs: has the kernel keep a queue of errors, and empties it with MSG_ERRQUEUE
 */
#include "lib/common.h"

#include <linux/errqueue.h>

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

/* Empties the queue of errors; the pending error goes with it. */
static void take_error(int fd, struct tally *tally) {
    char bytes[MAXLINE], control[512];
    struct iovec space = {bytes, sizeof bytes};
    struct msghdr message = {
        .msg_iov = &space, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
    while (recvmsg(fd, &message, MSG_ERRQUEUE | MSG_DONTWAIT) >= 0) {
        for (struct cmsghdr *part = CMSG_FIRSTHDR(&message); part != NULL; part = CMSG_NXTHDR(&message, part)) {
            if (part->cmsg_level == IPPROTO_IP && part->cmsg_type == IP_RECVERR) {
                struct sock_extended_err what;
                memcpy(&what, CMSG_DATA(part), sizeof what);
                report(tally, (int)what.ee_errno);
            }
        }
        message.msg_controllen = sizeof control;
    }
}

/* Sends a line. The call can fail with an error that waited in the socket: then it has sent nothing. */
static void send_line(int fd, const char *line, size_t length, struct tally *tally) {
    ssize_t sent;
    /* Task 2: send the line to the peer. */
    while ((sent = send(fd, line, length, 0)) < 0) {
        /* Task 4: only an earlier line can have been refused. Any other error is this line's own. */
        if (errno != ECONNREFUSED) {
            error(1, errno, "send failed");
        }
        take_error(fd, tally);
    }
    tally->sent++;
    printf("send bytes: %zd\n", sent);
}

/* Waits for the next line, or for the end of the input. Errors that come in the meantime are reported at once. */
static void wait_for_input(int fd, struct tally *tally) {
    struct pollfd wait[] = {{.fd = STDIN_FILENO, .events = POLLIN}, {.fd = fd}};
    do {
        /* Task 6: wait for both, without a limit. Nobody asks for POLLERR: it is always reported. */
        if (poll(wait, 2, -1) < 0) {
            error(1, errno, "poll failed");
        }
        if (wait[1].revents != 0) {
            take_error(fd, tally);
        }
    } while (wait[0].revents == 0);
}

/* After the last line: its refusal may be on its way. */
static void wait_for_late_errors(int fd, struct tally *tally) {
    int64_t over = monotonic_ms() + timeout_ms();
    /* Task 7: report each error that comes before this moment. A reply is not an error. */
    for (int64_t left; (left = over - monotonic_ms()) > 0;) {
        struct pollfd wait = {.fd = fd};
        if (poll(&wait, 1, (int)left) < 0) {
            error(1, errno, "poll failed");
        }
        if (wait.revents != 0) {
            take_error(fd, tally);
        }
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

    int yes = 1;
    if (setsockopt(fd, IPPROTO_IP, IP_RECVERR, &yes, sizeof yes) < 0) {
        error(1, errno, "setsockopt IP_RECVERR failed");
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
