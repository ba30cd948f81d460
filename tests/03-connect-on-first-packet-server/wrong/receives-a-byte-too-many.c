/*
 * Program: udpconnectserver
 * Mistake: passes recvfrom the size of the whole buffer, the byte for the NUL included
 * Caught by: messages of 4092 bytes and more stay inside the buffers
 * Feedback: recvfrom returned 4097
 */
#include "lib/common.h"

static int bound_socket(void) {
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (fd < 0) {
        error(1, errno, "socket failed");
    }

    /* Task 1: take the port, on every address of this machine. It may be taken already. */
    struct sockaddr_in local = ipv4_address("0.0.0.0", SERV_PORT);
    if (bind(fd, (struct sockaddr *)&local, sizeof local) < 0) {
        error(1, errno, "bind failed");
    }
    return fd;
}

static volatile sig_atomic_t interrupted;

/* The program may be in the middle of printf when a handler runs, so the handler only takes a note. */
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

/* Waits for a datagram, or for Ctrl-C, which is let in during this wait only: then it is false. */
static bool datagram_waits(int fd) {
    struct pollfd wait = {.fd = fd, .events = POLLIN};
    sigset_t nothing_blocked;
    sigemptyset(&nothing_blocked);
    /* Task 2: wait with ppoll. An interrupted wait is no failure. */
    if (ppoll(&wait, 1, NULL, &nothing_blocked) < 0 && errno != EINTR) {
        error(1, errno, "ppoll failed");
    }
    return !interrupted;
}

int main(int argc, char **argv) {
    if (argc != 1) {
        error(2, 0, "usage: %s", argv[0]);
    }
    int fd = bound_socket();
    block_interrupts();

    struct sockaddr_in client;
    int count = 0;
    while (datagram_waits(fd)) {
        /* Task 3: receive at most MAXLINE bytes, and the sender's address. */
        char message[MAXLINE + 1];
        struct sockaddr_in sender = {0};
        socklen_t sender_size = sizeof sender;
        ssize_t received = recvfrom(fd, message, MAXLINE + 1, 0, (struct sockaddr *)&sender, &sender_size);
        if (received < 0) {
            error(1, errno, "recv failed");
        }
        message[received] = '\0';

        /* Task 4: the first sender becomes the peer. From here on the kernel refuses everybody else. */
        if (count == 0) {
            client = sender;
            if (connect(fd, (struct sockaddr *)&client, sizeof client) < 0) {
                error(1, errno, "connect failed");
            }
        }

        /* Task 5: what others sent before that is still in the queue. It is not the client's: skip it. */
        if (!same_address(&sender, &client)) {
            continue;
        }
        count++;
        printf("received %zd bytes: %s\n", received, message);

        /* Task 6: the message that is goodbye, the whole of it and nothing more, ends the conversation. */
        if ((size_t)received == strlen("goodbye") && strcmp(message, "goodbye") == 0) {
            break;
        }

        /* Task 7: answer the peer with "Hi, " and the message, as many bytes as have come. */
        char reply[sizeof "Hi, " + MAXLINE] = "Hi, ";
        memcpy(reply + strlen("Hi, "), message, (size_t)received);
        ssize_t sent = send(fd, reply, strlen("Hi, ") + (size_t)received, 0);
        if (sent < 0) {
            error(1, errno, "send failed");
        }
        printf("send bytes: %zd\n", sent);
    }
    printf("received %d datagrams\n", count);
    return 0;
}
