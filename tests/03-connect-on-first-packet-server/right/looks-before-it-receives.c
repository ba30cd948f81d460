/*
 * Program: udpconnectserver
 * Differs: learns the sender with MSG_PEEK, connects, and receives after that; the port comes from
 * getaddrinfo
 */
#include "lib/common.h"

static volatile sig_atomic_t interrupted;

static void note_interrupt(int number) {
    interrupted = number;
}

static void block_interrupts(void) {
    struct sigaction note = {.sa_handler = note_interrupt};
    sigset_t interrupt;
    sigemptyset(&interrupt);
    sigaddset(&interrupt, SIGINT);
    if (sigprocmask(SIG_BLOCK, &interrupt, NULL) < 0 || sigaction(SIGINT, &note, NULL) < 0) {
        error(1, errno, "SIGINT cannot be caught");
    }
}

static bool datagram_waits(int fd) {
    struct pollfd wait = {.fd = fd, .events = POLLIN};
    sigset_t nothing_blocked;
    sigemptyset(&nothing_blocked);
    if (ppoll(&wait, 1, NULL, &nothing_blocked) < 0 && errno != EINTR) {
        error(1, errno, "ppoll failed");
    }
    return !interrupted;
}

static int bound_socket(void) {
    struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_DGRAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
    struct addrinfo *local;
    int problem = getaddrinfo(NULL, "43211", &hints, &local);
    if (problem != 0) {
        error(1, 0, "getaddrinfo failed: %s", gai_strerror(problem));
    }
    int fd = socket(local->ai_family, local->ai_socktype, local->ai_protocol);
    if (fd < 0) {
        error(1, errno, "socket failed");
    }
    if (bind(fd, local->ai_addr, local->ai_addrlen) < 0) {
        error(1, errno, "bind failed");
    }
    freeaddrinfo(local);
    return fd;
}

static struct sockaddr_in first_sender(int fd) {
    struct sockaddr_in sender;
    socklen_t size = sizeof sender;
    if (recvfrom(fd, NULL, 0, MSG_PEEK, (struct sockaddr *)&sender, &size) < 0) {
        error(1, errno, "recv failed");
    }
    return sender;
}

int main(void) {
    int fd = bound_socket();
    block_interrupts();

    struct sockaddr_in client;
    bool connected = false;
    int count = 0;
    while (datagram_waits(fd)) {
        if (!connected) {
            client = first_sender(fd);
            if (connect(fd, (struct sockaddr *)&client, sizeof client) < 0) {
                error(1, errno, "connect failed");
            }
            connected = true;
        }
        char message[MAXLINE + 1];
        struct sockaddr_in sender = {0};
        socklen_t sender_size = sizeof sender;
        ssize_t received = recvfrom(fd, message, MAXLINE, 0, (struct sockaddr *)&sender, &sender_size);
        if (received < 0) {
            error(1, errno, "recv failed");
        }
        message[received] = '\0';

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
