/*
 * Program: udpconnectserver
 * Differs: a child process serves the client; its parent waits for Ctrl-C and hands it on
 */
#include "lib/common.h"

static int bound_socket(int flags) {
    int fd = socket(AF_INET, SOCK_DGRAM | flags, 0);
    if (fd < 0) {
        error(1, errno, "socket failed");
    }
    struct sockaddr_in local = ipv4_address("0.0.0.0", SERV_PORT);
    if (bind(fd, (struct sockaddr *)&local, sizeof local) < 0) {
        error(1, errno, "bind failed");
    }
    return fd;
}

struct server {
    int fd, count;
    struct sockaddr_in client;
};

/* Deals with one datagram. Returns false when it was goodbye. */
static bool deal_with(struct server *server, char *message, size_t received, const struct sockaddr_in *sender) {
    message[received] = '\0';
    if (server->count == 0) {
        server->client = *sender;
        if (connect(server->fd, (const struct sockaddr *)sender, sizeof *sender) < 0) {
            error(1, errno, "connect failed");
        }
    }
    if (!same_address(sender, &server->client)) {
        return true;
    }
    server->count++;
    printf("received %zu bytes: %s\n", received, message);
    if (received == strlen("goodbye") && memcmp(message, "goodbye", received) == 0) {
        return false;
    }
    char reply[sizeof "Hi, " + MAXLINE] = "Hi, ";
    memcpy(reply + strlen("Hi, "), message, received);
    ssize_t sent = send(server->fd, reply, strlen("Hi, ") + received, 0);
    if (sent < 0) {
        error(1, errno, "send failed");
    }
    printf("send bytes: %zd\n", sent);
    return true;
}

/* Receives a datagram and deals with it. Returns false at goodbye; `empty` says that there was none. */
static bool serve_one(struct server *server, int flags, bool *empty) {
    char message[MAXLINE + 1];
    struct sockaddr_in sender = {0};
    socklen_t size = sizeof sender;
    ssize_t received = recvfrom(server->fd, message, MAXLINE, flags, (struct sockaddr *)&sender, &size);
    *empty = received < 0 && errno == EAGAIN;
    if (*empty) {
        return true;
    }
    if (received < 0) {
        error(1, errno, "recv failed");
    }
    return deal_with(server, message, (size_t)received, &sender);
}

static volatile sig_atomic_t interrupted;

static void note_interrupt(int number) {
    interrupted = number;
}

/* Receives with SIGINT let in, and so ends when the parent hands Ctrl-C on. */
static int serve(int fd) {
    struct server server = {.fd = fd};
    struct sigaction note = {.sa_handler = note_interrupt};
    sigset_t nothing_blocked;
    sigemptyset(&nothing_blocked);
    if (sigaction(SIGINT, &note, NULL) < 0) {
        error(1, errno, "sigaction failed");
    }
    bool more = true;
    while (more) {
        struct pollfd wait = {.fd = fd, .events = POLLIN};
        if (ppoll(&wait, 1, NULL, &nothing_blocked) < 0 && errno != EINTR) {
            error(1, errno, "ppoll failed");
        }
        bool empty;
        more = !interrupted && serve_one(&server, MSG_DONTWAIT, &empty);
    }
    printf("received %d datagrams\n", server.count);
    return 0;
}

int main(int argc, char **argv) {
    if (argc != 1) {
        error(2, 0, "usage: %s", argv[0]);
    }
    int fd = bound_socket(0);
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGCHLD);
    if (sigprocmask(SIG_BLOCK, &signals, NULL) < 0) {
        error(1, errno, "sigprocmask failed");
    }
    pid_t child = fork();
    if (child < 0) {
        error(1, errno, "fork failed");
    }
    if (child == 0) {
        return serve(fd);
    }
    while (sigwaitinfo(&signals, NULL) == SIGINT) {
        kill(child, SIGINT);
    }
    int status;
    if (waitpid(child, &status, 0) < 0) {
        error(1, errno, "waitpid failed");
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
