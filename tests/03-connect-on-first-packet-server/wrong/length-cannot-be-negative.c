/*
 * Program: udpconnectserver
 * Mistake: keeps the received length in a size_t and checks whether it is negative
 * Caught by: a client that closes its socket before the reply is noticed
 * Feedback: went on as if a datagram had come: look at the result first. Can it be negative (ssize_t, not size_t)?
 * Also fails: a reply contains the whole message, and nothing of an earlier one
 * Also fails: goodbye ends the conversation, a message that only resembles it does not
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
    block_interrupts();

    struct sockaddr_in client;
    struct sockaddr_in sender = {0};
    socklen_t sender_size = sizeof sender;
    char message[MAXLINE + 1];
    int count = 0;
    while (datagram_waits(fd)) {
        size_t received = recvfrom(fd, message, MAXLINE, 0, (struct sockaddr *)&sender, &sender_size);
        if (received < 0) {
            error(1, errno, "recv failed");
        }
        if (received <= MAXLINE) {
            message[received] = '\0';
        }

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
        printf("received %zu bytes: %s\n", received, message);
        if (received == 7 && strcmp(message, "goodbye") == 0) {
            break;
        }

        size_t length = strlen(message);
        char reply[4 + MAXLINE] = "Hi, ";
        memcpy(reply + 4, message, length);
        size_t sent = send(fd, reply, 4 + length, 0);
        if (sent < 0) {
            error(1, errno, "send failed");
        }
        printf("send bytes: %zu\n", sent);
    }
    printf("received %d datagrams\n", count);
    return 0;
}
