/*
 * Program: udpreconnect
 * Differs: SIGIO says that something has come, and sigtimedwait waits for it until the deadline
 */
#include "lib/common.h"

static struct sockaddr_in local_address(int fd) {
    struct sockaddr_in local = {0};
    socklen_t size = sizeof local;
    if (getsockname(fd, (struct sockaddr *)&local, &size) < 0) {
        error(1, errno, "getsockname failed");
    }
    return local;
}

/* From now on the kernel sends SIGIO when a datagram or an error comes. */
static void ask_for_signals(int fd) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGIO);
    if (sigprocmask(SIG_BLOCK, &signals, NULL) < 0) {
        error(1, errno, "sigprocmask failed");
    }
    if (fcntl(fd, F_SETOWN, getpid()) < 0 || fcntl(fd, F_SETFL, O_ASYNC | O_NONBLOCK) < 0) {
        error(1, errno, "fcntl failed");
    }
}

/* A signal can be older than what it announced, so the queue is asked again after each. */
static ssize_t receive(int fd, char *reply, size_t capacity) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGIO);
    int64_t end = monotonic_ms() + timeout_ms();
    ssize_t received;
    while ((received = recv(fd, reply, capacity, 0)) < 0 && errno == EAGAIN && monotonic_ms() < end) {
        int64_t left = end - monotonic_ms();
        struct timespec limit = {.tv_sec = left / 1000, .tv_nsec = left % 1000 * 1000000};
        if (left > 0 && sigtimedwait(&signals, NULL, &limit) < 0 && errno != EAGAIN) {
            error(1, errno, "sigtimedwait failed");
        }
    }
    return received;
}

/* Connects, sends the line, prints the reply. If a call fails, says which and returns false. */
static bool visit(int fd, const struct sockaddr_in *server, char *line, size_t length) {
    char to[ADDRESS_TEXT_SIZE];
    char from[ADDRESS_TEXT_SIZE];
    address_text(server, to);
    if (connect(fd, (const struct sockaddr *)server, sizeof *server) < 0) {
        error(0, errno, "connect to %s failed", to);
        return false;
    }
    struct sockaddr_in local = local_address(fd);
    printf("connected to %s from %s\n", to, address_text(&local, from));

    ssize_t sent = send(fd, line, length, 0);
    if (sent < 0) {
        error(0, errno, "send to %s failed", to);
        return false;
    }
    printf("send bytes: %zd\n", sent);

    char reply[2 * MAXLINE];
    ssize_t received = receive(fd, reply, sizeof reply - 1);
    if (received < 0) {
        error(0, errno, "recv from %s failed", to);
        return false;
    }
    reply[received] = '\0';
    printf("%s\n", reply);
    return true;
}

static void leave(int fd) {
    struct sockaddr nobody = {.sa_family = AF_UNSPEC};
    if (connect(fd, &nobody, sizeof nobody) < 0) {
        error(1, errno, "disconnect failed");
    }
    char rest[1];
    while (recv(fd, rest, sizeof rest, 0) >= 0 || errno != EAGAIN) {
    }
}

int main(int argc, char **argv) {
    if (argc < 2) {
        error(2, 0, "usage: %s <IPaddress>...", argv[0]);
    }
    for (int i = 1; i < argc; i++) {
        (void)ipv4_address(argv[i], SERV_PORT);
    }
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (fd < 0) {
        error(1, errno, "socket failed");
    }
    ask_for_signals(fd);

    int status = 0;
    char line[MAXLINE];
    ssize_t length;
    for (int i = 1; i < argc && (length = read_line(stdin, line, sizeof line)) >= 0; i++) {
        struct sockaddr_in server = ipv4_address(argv[i], SERV_PORT);
        if (i > 1) {
            leave(fd);
        }
        if (!visit(fd, &server, line, (size_t)length)) {
            status = 1;
        }
    }
    leave(fd);

    struct sockaddr_in local = local_address(fd);
    char text[ADDRESS_TEXT_SIZE];
    printf("disconnected, local address %s\n", address_text(&local, text));
    return status;
}
