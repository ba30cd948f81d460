/*
 * How long does it take to make a socket and connect it?
 *
 *   dial serve FOLDER             listens: a port of TCP, which it prints, and two Unix sockets in this folder
 *   dial KIND FOLDER PORT COUNT   connects COUNT times; prints the first time, and the middle one, in microseconds
 *
 * KIND is udp, unixgram, tcp or unix. dial.go does the same in Go.
 */
#include <arpa/inet.h>
#include <err.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

static struct sockaddr_un mine = {.sun_family = AF_UNIX}, theirs = {.sun_family = AF_UNIX};
static struct sockaddr_in server = {.sin_family = AF_INET};

static int check(int result, const char *call) {
    if (result < 0)
        err(1, "%s", call);
    return result;
}

static void name(struct sockaddr_un *address, const char *folder, const char *file) {
    int length = snprintf(address->sun_path, sizeof address->sun_path, "%s/%s", folder, file);
    if (length < 0 || (size_t)length >= sizeof address->sun_path)
        errx(1, "too long for a Unix socket: %s/%s", folder, file);
}

/* Takes connections off the queues until standard input ends. */
static void serve(const char *folder) {
    int tcp = check(socket(AF_INET, SOCK_STREAM, 0), "socket");
    int stream = check(socket(AF_UNIX, SOCK_STREAM, 0), "socket");
    int datagrams = check(socket(AF_UNIX, SOCK_DGRAM, 0), "socket");
    socklen_t size = sizeof server;

    server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    check(bind(tcp, (struct sockaddr *)&server, sizeof server), "bind");
    name(&theirs, folder, "stream");
    check(bind(stream, (struct sockaddr *)&theirs, sizeof theirs), "bind");
    name(&theirs, folder, "datagrams");
    check(bind(datagrams, (struct sockaddr *)&theirs, sizeof theirs), "bind");
    check(listen(tcp, 4096), "listen");
    check(listen(stream, 4096), "listen");
    check(getsockname(tcp, (struct sockaddr *)&server, &size), "getsockname");
    printf("%d\n", ntohs(server.sin_port));
    fflush(stdout);

    struct pollfd wait[] = {
        {.fd = 0, .events = POLLIN}, {.fd = tcp, .events = POLLIN}, {.fd = stream, .events = POLLIN}};
    while (check(poll(wait, 3, -1), "poll") > 0 && wait[0].revents == 0)
        for (int i = 1; i <= 2; i++)
            if (wait[i].revents != 0)
                close(check(accept(wait[i].fd, NULL, NULL), "accept"));
}

static int dial(const char *kind) {
    int is_unix = strncmp(kind, "unix", 4) == 0;
    int type = strcmp(kind, "udp") == 0 || strcmp(kind, "unixgram") == 0 ? SOCK_DGRAM : SOCK_STREAM;
    int fd = check(socket(is_unix ? AF_UNIX : AF_INET, type, 0), "socket");

    if (is_unix && type == SOCK_DGRAM)
        check(bind(fd, (struct sockaddr *)&mine, sizeof mine), "bind");
    if (is_unix)
        check(connect(fd, (struct sockaddr *)&theirs, sizeof theirs), "connect");
    else
        check(connect(fd, (struct sockaddr *)&server, sizeof server), "connect");
    return fd;
}

/* Not timed. A reset leaves no TCP connection in TIME_WAIT. */
static void hang_up(int fd) {
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &(struct linger){1, 0}, sizeof(struct linger));
    close(fd);
    unlink(mine.sun_path);
}

static double now(void) {
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

static int by_size(const void *left, const void *right) {
    double difference = *(const double *)left - *(const double *)right;
    return difference < 0 ? -1 : difference > 0;
}

int main(int argc, char **argv) {
    if (argc == 3 && strcmp(argv[1], "serve") == 0) {
        serve(argv[2]);
        return 0;
    }
    int count = argc == 5 ? atoi(argv[4]) : 0;
    if (count < 1)
        errx(2, "usage: dial serve FOLDER, or dial KIND FOLDER PORT COUNT");
    name(&mine, argv[2], "mine");
    name(&theirs, argv[2], strcmp(argv[1], "unixgram") == 0 ? "datagrams" : "stream");
    server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    server.sin_port = htons((in_port_t)atoi(argv[3]));

    double *times = calloc((size_t)count, sizeof *times);
    if (!times)
        err(1, "calloc");
    for (int i = 0; i < count; i++) {
        double begun = now();
        int fd = dial(argv[1]);
        times[i] = now() - begun;
        hang_up(fd);
    }
    double first = times[0];
    qsort(times, (size_t)count, sizeof *times, by_size);
    printf("%.1f %.1f\n", first, times[count / 2]);
    free(times);
}
