/*
 * Program: udpbroadcast
 * Differs: no poll: before each recvfrom the socket gets the time that is left as its deadline;
 * getaddrinfo; reports on stderr
 */
#include "lib/common.h"

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_BOOTTIME, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double wait_at_most(int fd, double seconds) {
    struct timeval deadline, before;
    socklen_t size = sizeof before;
    deadline.tv_sec = (time_t)seconds;
    deadline.tv_usec = (suseconds_t)((seconds - (double)deadline.tv_sec) * 1e6) + 1;
    if (getsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &before, &size) < 0) {
        error(1, errno, "getsockopt failed");
    }
    if (seconds > 0 && setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &deadline, sizeof deadline) < 0) {
        error(1, errno, "setsockopt failed");
    }
    return (double)before.tv_sec + (double)before.tv_usec / 1e6;
}

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: %s <broadcast-address>\n", argv[0]);
        return 2;
    }
    struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_DGRAM, .ai_flags = AI_NUMERICHOST};
    struct addrinfo *found;
    int problem = getaddrinfo(argv[1], "43211", &hints, &found);
    if (problem != 0) {
        fprintf(stderr, "%s: %s\n", argv[1], gai_strerror(problem));
        return 2;
    }
    int fd = socket(found->ai_family, found->ai_socktype, found->ai_protocol);
    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_BROADCAST, &(int){1}, sizeof(int)) < 0) {
        error(1, errno, "no socket that may broadcast");
    }
    set_receive_deadline(fd);

    char line[MAXLINE + 1];
    ssize_t length = read_line(stdin, line, sizeof line);
    if (length < 0) {
        freeaddrinfo(found);
        error(1, 0, "there is no line to send");
    }
    if (length == MAXLINE) {
        error(2, 0, "the line is longer than %d bytes", MAXLINE - 1);
    }
    printf("now sending %s\n", line);
    ssize_t sent = sendto(fd, line, (size_t)length, 0, found->ai_addr, found->ai_addrlen);
    freeaddrinfo(found);
    if (sent < 0) {
        fprintf(stderr, "sendto failed: %s (%d)\n", strerror(errno), errno);
        return 1;
    }
    printf("send bytes: %zd\n", sent);

    int replies = 0;
    double left = wait_at_most(fd, 0), over = now() + left;
    while (left > 0) {
        wait_at_most(fd, left);
        char reply[65536] = "";
        struct sockaddr_in sender;
        socklen_t size = sizeof sender;
        if (recvfrom(fd, reply, sizeof reply - 1, 0, (struct sockaddr *)&sender, &size) >= 0) {
            fprintf(stderr, "%.3f s left\n", over - now());
            printf("%s:%d: %s\n", inet_ntoa(sender.sin_addr), ntohs(sender.sin_port), reply);
            replies++;
        } else if (errno != EAGAIN) {
            error(1, errno, "recvfrom failed");
        }
        left = over - now();
    }
    close(fd);
    if (replies == 0) {
        fprintf(stderr, "nobody answered\n");
        return 1;
    }
    return 0;
}
