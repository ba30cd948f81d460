/*
 * Program: udpconnectserver
 * Differs: a thread receives and replies; the main thread waits for Ctrl-C and wakes it with an eventfd
 */
#include "lib/common.h"

#include <sys/eventfd.h>

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

struct work {
    struct server server;
    int wake;
    pthread_t main_thread;
};

static void *serve(void *argument) {
    struct work *work = argument;
    bool more = true;
    while (more) {
        struct pollfd wait[] = {{.fd = work->server.fd, .events = POLLIN}, {.fd = work->wake, .events = POLLIN}};
        if (poll(wait, 2, -1) < 0) {
            error(1, errno, "poll failed");
        }
        bool empty;
        more = wait[1].revents == 0 && serve_one(&work->server, MSG_DONTWAIT, &empty);
    }
    pthread_kill(work->main_thread, SIGUSR1);
    return NULL;
}

int main(int argc, char **argv) {
    if (argc != 1) {
        error(2, 0, "usage: %s", argv[0]);
    }
    struct work work = {.server.fd = bound_socket(0), .wake = eventfd(0, 0), .main_thread = pthread_self()};
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGUSR1);
    if (work.wake < 0 || pthread_sigmask(SIG_BLOCK, &signals, NULL) != 0) {
        error(1, errno, "cannot prepare for Ctrl-C");
    }
    pthread_t thread;
    if (pthread_create(&thread, NULL, serve, &work) != 0) {
        error(1, 0, "pthread_create failed");
    }
    int number;
    sigwait(&signals, &number);
    eventfd_write(work.wake, 1);
    pthread_join(thread, NULL);
    printf("received %d datagrams\n", work.server.count);
    return 0;
}
