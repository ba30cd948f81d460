/*
 * Program: udpbroadcast
 * Differs: a child process receives and prints; its parent ends it at the deadline, and counts through a pipe
 */
#include "lib/common.h"

static void print_reply(char *reply, size_t length, const struct sockaddr_in *sender) {
    char text[ADDRESS_TEXT_SIZE];
    reply[length] = '\0';
    printf("%s: %s\n", address_text(sender, text), reply);
}

/* Prints what comes, and writes a byte into the pipe for each reply, until it is ended from outside. */
static void listen_for_ever(int fd, int pipe_end) {
    for (;;) {
        char reply[2 * MAXLINE];
        struct sockaddr_in sender;
        socklen_t size = sizeof sender;
        ssize_t received = recvfrom(fd, reply, sizeof reply - 1, 0, (struct sockaddr *)&sender, &size);
        if (received < 0) {
            error(1, errno, "recvfrom failed");
        }
        print_reply(reply, (size_t)received, &sender);
        (void)!write(pipe_end, "", 1);
    }
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
    ssize_t sent = sendto(fd, line, (size_t)length, 0, (struct sockaddr *)&everybody, sizeof everybody);
    if (sent < 0) {
        error(1, errno, "sendto failed");
    }
    printf("send bytes: %zd\n", sent);

    int ends[2];
    if (pipe(ends) < 0) {
        error(1, errno, "pipe failed");
    }
    int64_t end = monotonic_ms() + timeout_ms();
    pid_t child = fork();
    if (child < 0) {
        error(1, errno, "fork failed");
    }
    if (child == 0) {
        listen_for_ever(fd, ends[1]);
    }
    close(ends[1]);
    int64_t left;
    while ((left = end - monotonic_ms()) > 0) {
        struct timespec rest = {.tv_sec = left / 1000, .tv_nsec = left % 1000 * 1000000};
        nanosleep(&rest, NULL);
    }
    kill(child, SIGTERM);
    waitpid(child, NULL, 0);
    int replies = 0;
    char one;
    while (read(ends[0], &one, 1) == 1) {
        replies++;
    }
    if (replies == 0) {
        error(1, 0, "nobody answered");
    }
    return 0;
}
