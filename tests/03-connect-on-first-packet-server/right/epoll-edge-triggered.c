/*
 * Program: udpconnectserver
 * Differs: an edge-triggered epoll watches a non-blocking socket and a signalfd
 */
#include "lib/common.h"

#include <sys/signalfd.h>

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

static int interrupt_descriptor(void) {
    sigset_t interrupt;
    sigemptyset(&interrupt);
    sigaddset(&interrupt, SIGINT);
    if (sigprocmask(SIG_BLOCK, &interrupt, NULL) < 0) {
        error(1, errno, "sigprocmask failed");
    }
    int fd = signalfd(-1, &interrupt, SFD_NONBLOCK);
    if (fd < 0) {
        error(1, errno, "signalfd failed");
    }
    return fd;
}

static void watch(int events, int fd) {
    struct epoll_event interest = {.events = EPOLLIN | EPOLLET, .data.fd = fd};
    if (epoll_ctl(events, EPOLL_CTL_ADD, fd, &interest) < 0) {
        error(1, errno, "epoll_ctl failed");
    }
}

int main(int argc, char **argv) {
    if (argc != 1) {
        error(2, 0, "usage: %s", argv[0]);
    }
    struct server server = {.fd = bound_socket(SOCK_NONBLOCK)};
    int interrupt = interrupt_descriptor();
    int events = epoll_create1(0);
    if (events < 0) {
        error(1, errno, "epoll_create1 failed");
    }
    watch(events, server.fd);
    watch(events, interrupt);

    bool more = true;
    while (more) {
        struct epoll_event event = {0};
        if (epoll_wait(events, &event, 1, -1) < 0 && errno != EINTR) {
            error(1, errno, "epoll_wait failed");
        }
        if (event.data.fd == interrupt) {
            break;
        }
        /* An edge is reported once: the queue must be empty before the next wait. */
        bool empty = false;
        while (more && !empty) {
            more = serve_one(&server, 0, &empty);
        }
    }
    printf("received %d datagrams\n", server.count);
    return 0;
}
