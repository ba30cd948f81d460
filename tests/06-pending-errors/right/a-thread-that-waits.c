/*
 * Program: udpreporter
 * Differs: a second thread waits for errors, so the first can sleep in its reading
 */
#include "lib/common.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int lines_sent, errors_reported;

/* Called with the lock held: which lines were sent by then is known. */
static void report(int number) {
    errors_reported++;
    error(0, number, "a line up to %d did not arrive", lines_sent);
}

static void *watch(void *argument) {
    int fd = *(int *)argument;
    for (;;) {
        struct pollfd wait = {.fd = fd};
        if (poll(&wait, 1, -1) < 0) {
            error(1, errno, "poll failed");
        }
        pthread_mutex_lock(&lock);
        int pending = 0;
        socklen_t size = sizeof pending;
        if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &pending, &size) == 0 && pending != 0) {
            report(pending);
        }
        pthread_mutex_unlock(&lock);
    }
    return NULL;
}

static void send_line(int fd, const char *line, size_t length) {
    ssize_t sent;
    pthread_mutex_lock(&lock);
    while ((sent = send(fd, line, length, 0)) < 0) {
        if (errno != ECONNREFUSED) {
            error(1, errno, "send failed");
        }
        report(errno);
    }
    lines_sent++;
    printf("send bytes: %zd\n", sent);
    pthread_mutex_unlock(&lock);
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
    pthread_t watcher;
    if (pthread_create(&watcher, NULL, watch, &fd) != 0) {
        error(1, 0, "pthread_create failed");
    }
    char line[MAXLINE];
    ssize_t length;
    while ((length = read_line(stdin, line, sizeof line)) >= 0) {
        printf("now sending %s\n", line);
        send_line(fd, line, (size_t)length);
    }
    if (poll(NULL, 0, (int)timeout_ms()) < 0) {
        error(1, errno, "poll failed");
    }
    pthread_cancel(watcher);
    pthread_join(watcher, NULL);
    printf("lines sent: %d, errors reported: %d\n", lines_sent, errors_reported);
    return errors_reported == 0 ? 0 : 1;
}
