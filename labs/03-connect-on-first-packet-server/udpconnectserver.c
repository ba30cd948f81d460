/*
 * 03-connect-on-first-packet-server: what if the server connects, too?
 *
 * Run:     ./udpconnectserver            the first sender becomes the only client
 * Prints:  received 2 bytes: g1
 *          send bytes: 6
 *          received 3 datagrams          after "goodbye" or Ctrl-C
 * A second client prints:  recv failed: Connection refused (111)
 */
#include "lib/common.h"

static int bound_socket(void) {
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (fd < 0) {
        error(1, errno, "socket failed");
    }

    /* Task 1: bind to the port, on every address of this machine. The port may be in use. */
    struct sockaddr_in local = ipv4_address("0.0.0.0", SERV_PORT);
    todo("1: bind the socket to the port", local);
    return fd;
}

static volatile sig_atomic_t interrupted;

/* The program may be in the middle of printf when a handler runs, so the handler only sets a flag. */
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

/* Waits for a datagram and returns true, or for Ctrl-C and returns false. SIGINT is unblocked only here. */
static bool datagram_waits(int fd) {
    struct pollfd wait = {.fd = fd, .events = POLLIN};
    sigset_t nothing_blocked;
    sigemptyset(&nothing_blocked);
    /* Task 2: wait with ppoll. An interrupted wait is not an error. */
    if (todo("2: wait for a datagram or Ctrl-C", wait, nothing_blocked) < 0 && errno != EINTR) {
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
        ssize_t received = todo("3: receive a message and its sender", sender_size);
        if (received < 0) {
            error(1, errno, "recv failed");
        }
        message[received] = '\0';

        /* Task 4: the first sender becomes the peer. From now on the kernel refuses everybody else. */
        if (count == 0) {
            client = sender;
            todo("4: connect the socket to the client", client);
        }

        /* Task 5: datagrams that others sent before that are still in the queue. Skip them. */
        if (todo("5: did somebody else send it?", sender, client)) {
            continue;
        }
        count++;
        printf("received %zd bytes: %s\n", received, message);

        /* Task 6: a message that is exactly goodbye, and no byte more, ends the conversation. */
        if (todo("6: is the message goodbye?", message)) {
            break;
        }

        /* Task 7: reply to the peer with "Hi, " and the message, all the bytes that were received. */
        char reply[sizeof "Hi, " + MAXLINE] = "Hi, ";
        memcpy(reply + strlen("Hi, "), message, (size_t)received);
        ssize_t sent = todo("7: send the reply", reply);
        if (sent < 0) {
            error(1, errno, "send failed");
        }
        printf("send bytes: %zd\n", sent);
    }
    printf("received %d datagrams\n", count);
    return 0;
}
