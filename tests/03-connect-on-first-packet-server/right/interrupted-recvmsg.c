/*
 * Program: udpconnectserver
 * Differs: Ctrl-C interrupts recvmsg itself; the answer is two pieces in one sendmsg, and notes go to
 * standard error
 */
#include "lib/common.h"

static volatile sig_atomic_t interrupted;

static void note_interrupt(int number) {
    interrupted = number;
}

static void catch_interrupts(void) {
    struct sigaction note = {.sa_handler = note_interrupt};
    if (sigaction(SIGINT, &note, NULL) < 0) {
        error(1, errno, "SIGINT cannot be caught");
    }
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
    catch_interrupts();

    struct sockaddr_in client;
    int count = 0;
    while (!interrupted) {
        char message[MAXLINE + 1];
        struct sockaddr_in sender = {0};
        struct iovec in = {.iov_base = message, .iov_len = MAXLINE};
        struct msghdr from = {.msg_name = &sender, .msg_namelen = sizeof sender, .msg_iov = &in, .msg_iovlen = 1};
        ssize_t received = recvmsg(fd, &from, 0);
        if (received < 0 && errno == EINTR) {
            continue;
        }
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
            fprintf(stderr, "note: skipped %zd bytes of somebody else\n", received);
            continue;
        }
        count++;
        printf("received %zd bytes: %s\n", received, message);
        if (received == 7 && strcmp(message, "goodbye") == 0) {
            break;
        }

        struct iovec out[] = {{.iov_base = "Hi, ", .iov_len = 4}, {.iov_base = message, .iov_len = (size_t)received}};
        struct msghdr answer = {.msg_iov = out, .msg_iovlen = 2};
        ssize_t sent = sendmsg(fd, &answer, 0);
        if (sent < 0) {
            error(1, errno, "send failed");
        }
        printf("send bytes: %zd\n", sent);
    }
    printf("received %d datagrams\n", count);
    return 0;
}
