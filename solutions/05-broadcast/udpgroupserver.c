/*
 * 05-broadcast, given: a server that joins a multicast group and answers every datagram to it.
 *
 * Run:     ./udpgroupserver 239.1.2.3
 * Prints:  received 2 bytes: g1
 *          send bytes: 6
 * End it with Ctrl-C.
 */
#include "lib/common.h"

/* Lets this host receive what is sent to the group: without a member the network card drops it. */
static void join(int fd, const struct sockaddr_in *group) {
    struct ip_mreq membership = {.imr_multiaddr = group->sin_addr, .imr_interface.s_addr = htonl(INADDR_ANY)};
    if (setsockopt(fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &membership, sizeof membership) < 0) {
        error(1, errno, "setsockopt IP_ADD_MEMBERSHIP failed");
    }
}

int main(int argc, char **argv) {
    if (argc != 2) {
        error(2, 0, "usage: %s <group>", argv[0]);
    }
    struct sockaddr_in group = ipv4_address(argv[1], SERV_PORT);
    if (!IN_MULTICAST(ntohl(group.sin_addr.s_addr))) {
        error(2, 0, "'%s' is not a multicast group (224.0.0.0 to 239.255.255.255)", argv[1]);
    }
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (fd < 0) {
        error(1, errno, "socket failed");
    }
    join(fd, &group);

    /* Bound to the group's address, the socket receives what is sent to the group and nothing else. */
    if (bind(fd, (struct sockaddr *)&group, sizeof group) < 0) {
        error(1, errno, "bind failed");
    }

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

        /* The reply goes to that sender, and comes from this host's own address: a group cannot send. */
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
