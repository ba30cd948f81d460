/*
 * Program: udpconnectserver
 * Differs: SIGIO says that a datagram has come, and sigwaitinfo takes it and Ctrl-C
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

/* From now on the kernel sends SIGIO when a datagram or an error comes. */
static void ask_for_signals(int fd, sigset_t *signals) {
    sigemptyset(signals);
    sigaddset(signals, SIGINT);
    sigaddset(signals, SIGIO);
    if (sigprocmask(SIG_BLOCK, signals, NULL) < 0) {
        error(1, errno, "sigprocmask failed");
    }
    if (fcntl(fd, F_SETOWN, getpid()) < 0 || fcntl(fd, F_SETFL, O_ASYNC) < 0) {
        error(1, errno, "fcntl failed");
    }
}

int main(int argc, char **argv) {
    if (argc != 1) {
        error(2, 0, "usage: %s", argv[0]);
    }
    struct server server = {.fd = bound_socket(0)};
    sigset_t signals;
    ask_for_signals(server.fd, &signals);

    /* What came before is not announced, so the queue is emptied first. One signal can stand for many datagrams. */
    bool more = true;
    do {
        bool empty = false;
        while (more && !empty) {
            more = serve_one(&server, MSG_DONTWAIT, &empty);
        }
    } while (more && sigwaitinfo(&signals, NULL) != SIGINT);
    printf("received %d datagrams\n", server.count);
    return 0;
}
