/*
 * Program: udpmulticast
 * Differs: the main thread receives; another one waits for the deadline and wakes it with an eventfd
 */
#include "lib/common.h"

#include <sys/eventfd.h>

static void print_reply(char *reply, size_t length, const struct sockaddr_in *sender) {
    char text[ADDRESS_TEXT_SIZE];
    reply[length] = '\0';
    printf("%s: %s\n", address_text(sender, text), reply);
}

/* Prints all the replies that are there. Returns how many they were. */
static int print_replies(int fd) {
    char reply[2 * MAXLINE];
    struct sockaddr_in sender;
    socklen_t size = sizeof sender;
    ssize_t received;
    int count = 0;
    while ((received = recvfrom(fd, reply, sizeof reply - 1, MSG_DONTWAIT, (struct sockaddr *)&sender, &size)) >= 0) {
        print_reply(reply, (size_t)received, &sender);
        count++;
        size = sizeof sender;
    }
    if (errno != EAGAIN) {
        error(1, errno, "recvfrom failed");
    }
    return count;
}

static void *wait_for_the_deadline(void *argument) {
    int *wake = argument;
    int64_t ms = timeout_ms();
    struct timespec rest = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
    while (nanosleep(&rest, &rest) < 0) {
    }
    eventfd_write(*wake, 1);
    return NULL;
}

int main(int argc, char **argv) {
    if (argc != 2) {
        error(2, 0, "usage: %s <group>", argv[0]);
    }
    struct sockaddr_in group = ipv4_address(argv[1], SERV_PORT);
    if (!IN_MULTICAST(ntohl(group.sin_addr.s_addr))) {
        error(2, 0, "'%s' is not a multicast group (224.0.0.0 to 239.255.255.255)", argv[1]);
    }
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (fd < 0) {
        error(1, errno, "socket failed");
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
    ssize_t sent = sendto(fd, line, (size_t)length, 0, (struct sockaddr *)&group, sizeof group);
    if (sent < 0) {
        error(1, errno, "sendto failed");
    }
    printf("send bytes: %zd\n", sent);

    int wake = eventfd(0, 0);
    pthread_t thread;
    if (wake < 0 || pthread_create(&thread, NULL, wait_for_the_deadline, &wake) != 0) {
        error(1, errno, "no second thread");
    }
    int replies = 0;
    struct pollfd wait[] = {{.fd = fd, .events = POLLIN}, {.fd = wake, .events = POLLIN}};
    while (wait[1].revents == 0) {
        if (poll(wait, 2, -1) < 0) {
            error(1, errno, "poll failed");
        }
        replies += print_replies(fd);
    }
    pthread_join(thread, NULL);
    if (replies == 0) {
        error(1, 0, "nobody answered");
    }
    return 0;
}
