/*
 * Program: udpconnectserver
 * Differs: receives up to four datagrams with one call, and sends with sendmmsg
 */
#include "lib/common.h"

enum { BATCH = 4 };

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
    struct iovec bytes = {.iov_base = reply, .iov_len = strlen("Hi, ") + received};
    struct mmsghdr out = {.msg_hdr = {.msg_iov = &bytes, .msg_iovlen = 1}};
    if (sendmmsg(server->fd, &out, 1, 0) != 1) {
        error(1, errno, "send failed");
    }
    printf("send bytes: %u\n", out.msg_len);
    return true;
}

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

/* Takes what is there. Returns false when goodbye was among it; what came behind goodbye is dropped. */
static bool serve_batch(struct server *server) {
    static char messages[BATCH][MAXLINE + 1];
    struct sockaddr_in senders[BATCH];
    struct iovec room[BATCH];
    struct mmsghdr in[BATCH];
    for (int i = 0; i < BATCH; i++) {
        room[i] = (struct iovec){.iov_base = messages[i], .iov_len = MAXLINE};
        in[i] = (struct mmsghdr){.msg_hdr = {
                                     .msg_iov = &room[i],
                                     .msg_iovlen = 1,
                                     .msg_name = &senders[i],
                                     .msg_namelen = sizeof senders[i],
                                 }};
    }
    int count = recvmmsg(server->fd, in, BATCH, MSG_DONTWAIT, NULL);
    if (count < 0) {
        error(1, errno, "recv failed");
    }
    for (int i = 0; i < count; i++) {
        if (!deal_with(server, messages[i], in[i].msg_len, &senders[i])) {
            return false;
        }
    }
    return true;
}

int main(int argc, char **argv) {
    if (argc != 1) {
        error(2, 0, "usage: %s", argv[0]);
    }
    struct server server = {.fd = bound_socket(0)};
    block_interrupts();
    while (datagram_waits(server.fd) && serve_batch(&server)) {
    }
    printf("received %d datagrams\n", server.count);
    return 0;
}
