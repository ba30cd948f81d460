/*
 * Program: udpconnectserver
 * Mistake: sets the size of the sender's address to 0, so that recvfrom does not store it
 * Caught by: the first sender becomes the peer, and gets its replies
 * Feedback: recvfrom tells the sender, where it finds room for the address
 * Also fails: a second client is refused while the server runs
 * Also fails: datagrams that others sent before the connect are neither answered nor counted
 * Also fails: a reply contains the whole message, and nothing of an earlier one
 * Also fails: goodbye ends the conversation, a message that only resembles it does not
 * Also fails: goodbye is counted but not answered, even as the first message
 * Also fails: the Ctrl-C handler prints nothing: the count is printed after it returns
 * Also fails: messages of 4092 bytes and more stay inside the buffers
 * Also fails: a client that closes its socket before the reply is noticed
 * Also fails: Valgrind finds no memory error and no leak
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
    int count = 0;
    while (datagram_waits(fd)) {
        char message[MAXLINE + 1];
        struct sockaddr_in sender = {0};
        socklen_t sender_size = 0;
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
