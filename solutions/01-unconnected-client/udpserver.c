/*
 * 01-unconnected-client, given: a server that answers every datagram.
 *
 * Run:     ./udpserver            on all addresses of this machine
 *          ./udpserver 10.0.0.2   on one of them only
 * Prints:  received 2 bytes: g1
 *          send bytes: 6
 * End it with Ctrl-C.
 */
#include "lib/common.h"

static int bound_socket(const char *address) {
    struct sockaddr_in local = ipv4_address(address, SERV_PORT);
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (fd < 0) {
        error(1, errno, "socket failed");
    }
    if (bind(fd, (struct sockaddr *)&local, sizeof local) < 0) {
        error(1, errno, "bind failed");
    }
    return fd;
}

int main(int argc, char **argv) {
    if (argc > 2) {
        error(2, 0, "usage: %s [IPaddress]", argv[0]);
    }
    int fd = bound_socket(argc == 2 ? argv[1] : "0.0.0.0");

    for (;;) {
        /* The kernel returns the datagram together with the address of its sender. */
        char message[MAXLINE + 1];
        struct sockaddr_in client;
        socklen_t client_size = sizeof client;
        ssize_t received = recvfrom(fd, message, MAXLINE, 0, (struct sockaddr *)&client, &client_size);
        if (received < 0) {
            error(1, errno, "recvfrom failed");
        }
        message[received] = '\0';
        printf("received %zd bytes: %s\n", received, message);

        /* The reply goes to that sender. The server remembers nothing about it. */
        char reply[sizeof "Hi, " + MAXLINE] = "Hi, ";
        memcpy(reply + strlen("Hi, "), message, (size_t)received);
        size_t length = strlen("Hi, ") + (size_t)received;
        ssize_t sent = sendto(fd, reply, length, 0, (struct sockaddr *)&client, client_size);
        if (sent < 0) {
            error(1, errno, "sendto failed");
        }
        printf("send bytes: %zd\n", sent);
    }
}
