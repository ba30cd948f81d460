/*
 * Program: udpconnectserver
 * Differs: takes Ctrl-C from a descriptor (signalfd), without a handler
 */
#include "lib/common.h"

#include <sys/signalfd.h>

static int interrupt_descriptor(void) {
    sigset_t interrupt;
    sigemptyset(&interrupt);
    sigaddset(&interrupt, SIGINT);
    int fd = -1;
    if (sigprocmask(SIG_BLOCK, &interrupt, NULL) < 0 || (fd = signalfd(-1, &interrupt, 0)) < 0) {
        error(1, errno, "SIGINT cannot be caught");
    }
    return fd;
}

static bool datagram_waits(int fd, int interrupts) {
    struct pollfd wait[] = {{.fd = fd, .events = POLLIN}, {.fd = interrupts, .events = POLLIN}};
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
    int interrupts = interrupt_descriptor();

    struct sockaddr_in client;
    int count = 0;
    while (datagram_waits(fd, interrupts)) {
        char message[MAXLINE + 1];
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

        char reply[4 + MAXLINE] = "Hi, ";
        memcpy(reply + 4, message, (size_t)received);
        ssize_t sent = send(fd, reply, 4 + (size_t)received, 0);
        if (sent < 0) {
            error(1, errno, "send failed");
        }
        printf("send bytes: %zd\n", sent);
    }
    printf("received %d datagrams\n", count);
    return 0;
}
