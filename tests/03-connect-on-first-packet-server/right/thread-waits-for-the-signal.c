/*
 * Program: udpconnectserver
 * Differs: a thread waits for Ctrl-C and tells poll through a pipe; the buffers come from the heap
 */
#include "lib/common.h"

static int wake[2];

static void *wait_for_interrupt(void *signals) {
    int number;
    if (sigwait(signals, &number) == 0) {
        close(wake[1]);
    }
    return NULL;
}

static pthread_t start_waiting(sigset_t *interrupt) {
    pthread_t thread = 0;
    sigemptyset(interrupt);
    sigaddset(interrupt, SIGINT);
    if (pipe(wake) < 0) {
        error(1, errno, "pipe failed");
    }
    int problem = pthread_sigmask(SIG_BLOCK, interrupt, NULL);
    if (problem == 0) {
        problem = pthread_create(&thread, NULL, wait_for_interrupt, interrupt);
    }
    if (problem != 0) {
        error(1, problem, "no thread for SIGINT");
    }
    return thread;
}

static bool datagram_waits(int fd) {
    struct pollfd wait[] = {{.fd = fd, .events = POLLIN}, {.fd = wake[0], .events = POLLIN}};
    if (poll(wait, 2, -1) < 0) {
        error(1, errno, "poll failed");
    }
    return wait[1].revents == 0;
}

static int bound_socket(void) {
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    struct sockaddr_in local = ipv4_address("0.0.0.0", SERV_PORT);
    if (fd < 0) {
        error(1, errno, "socket failed");
    }
    if (bind(fd, (struct sockaddr *)&local, sizeof local) < 0) {
        error(1, errno, "bind failed");
    }
    return fd;
}

int main(void) {
    int fd = bound_socket();
    sigset_t interrupt;
    pthread_t thread = start_waiting(&interrupt);

    struct sockaddr_in client;
    int count = 0;
    char *message = malloc(MAXLINE + 1);
    char *reply = malloc(4 + MAXLINE);
    if (message == NULL || reply == NULL) {
        error(1, errno, "malloc failed");
    }
    memcpy(reply, "Hi, ", 4);
    while (datagram_waits(fd)) {
        struct sockaddr_in sender = {0};
        socklen_t sender_size = sizeof sender;
        ssize_t received = recvfrom(fd, message, MAXLINE, 0, (struct sockaddr *)&sender, &sender_size);
        if (received < 0) {
            error(1, errno, "recv failed");
        }
        message[received] = '\0';

        if (count == 0) {
            client = sender;
            if (connect(fd, (struct sockaddr *)&client, sizeof client) < 0) {
                error(1, errno, "connect failed");
            }
        }
        if (!same_address(&sender, &client)) {
            continue;
        }
        count++;
        printf("received %zd bytes: %s\n", received, message);
        if (received == 7 && strcmp(message, "goodbye") == 0) {
            break;
        }

        memcpy(reply + 4, message, (size_t)received);
        ssize_t sent = send(fd, reply, 4 + (size_t)received, 0);
        if (sent < 0) {
            error(1, errno, "send failed");
        }
        printf("send bytes: %zd\n", sent);
    }
    printf("received %d datagrams\n", count);
    free(message);
    free(reply);
    pthread_kill(thread, SIGINT);
    pthread_join(thread, NULL);
    return 0;
}
