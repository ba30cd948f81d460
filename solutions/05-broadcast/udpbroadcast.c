/*
 * 05-broadcast: how do connect and broadcast go together?
 *
 * Run:     ./udpbroadcast 10.0.0.255      one line of input to everybody on the LAN, and a reply from each
 * Prints:  now sending hello
 *          send bytes: 5
 *          10.0.0.2:43211: Hi, hello
 *          10.0.0.3:43211: Hi, hello
 * Nobody there:  nobody answered
 */
#include "lib/common.h"

/* Milliseconds on a clock that nobody can set. */
static int64_t now_ms(void) {
    struct timespec now;
    if (clock_gettime(CLOCK_MONOTONIC, &now) < 0) {
        error(1, errno, "clock_gettime failed");
    }
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* How long set_receive_deadline() lets this socket wait. */
static int64_t deadline_ms(int fd) {
    struct timeval deadline;
    socklen_t size = sizeof deadline;
    if (getsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &deadline, &size) < 0) {
        error(1, errno, "getsockopt SO_RCVTIMEO failed");
    }
    return (int64_t)deadline.tv_sec * 1000 + deadline.tv_usec / 1000;
}

/* Waits for a datagram until the time `over`. Returns false if none has come. */
static bool datagram_before(int64_t over, int fd) {
    int left = (int)(over - now_ms());
    if (left <= 0) {
        return false;
    }
    /* Task 3: wait for a datagram, at most `left` milliseconds. */
    struct pollfd waiting = {.fd = fd, .events = POLLIN};
    ssize_t ready = poll(&waiting, 1, left);
    if (ready < 0) {
        error(1, errno, "poll failed");
    }
    return ready > 0;
}

int main(int argc, char **argv) {
    if (argc != 2) {
        error(2, 0, "usage: %s <broadcast-address>", argv[0]);
    }
    struct sockaddr_in everybody = ipv4_address(argv[1], SERV_PORT);

    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (fd < 0) {
        error(1, errno, "socket failed");
    }
    set_receive_deadline(fd);

    /* Task 1: allow this socket to send broadcasts. */
    int yes = 1;
    if (setsockopt(fd, SOL_SOCKET, SO_BROADCAST, &yes, sizeof yes) < 0) {
        error(1, errno, "setsockopt SO_BROADCAST failed");
    }

    char line[MAXLINE + 1];
    ssize_t length = read_line(stdin, line, sizeof line);
    if (length < 0) {
        error(1, 0, "there is no line to send");
    }
    if (length == MAXLINE) {
        error(2, 0, "the line is longer than %d bytes", MAXLINE - 1);
    }
    printf("now sending %s\n", line);

    /* Task 2: send the line to everybody. The socket stays unconnected: the replies come from other addresses. */
    ssize_t sent = sendto(fd, line, (size_t)length, 0, (struct sockaddr *)&everybody, sizeof everybody);
    if (sent < 0) {
        error(1, errno, "sendto failed");
    }
    printf("send bytes: %zd\n", sent);

    /* One deadline for all the replies: a reply does not restart the wait. */
    int replies = 0;
    int64_t over = now_ms() + deadline_ms(fd);
    while (datagram_before(over, fd)) {
        /* Task 4: receive a reply and its sender's address, and print both: nothing else says who sent it. */
        char reply[2 * MAXLINE];
        struct sockaddr_in sender;
        socklen_t sender_size = sizeof sender;
        ssize_t received = recvfrom(fd, reply, sizeof reply - 1, 0, (struct sockaddr *)&sender, &sender_size);
        if (received < 0) {
            error(1, errno, "recvfrom failed");
        }
        reply[received] = '\0';
        char text[ADDRESS_TEXT_SIZE];
        printf("%s: %s\n", address_text(&sender, text), reply);
        replies++;
    }
    if (replies == 0) {
        error(1, 0, "nobody answered");
    }
    return 0;
}
