/*
 * Program: udpdualserver
 * Differs: asks getaddrinfo for the address to bind to
 */
#include "lib/common.h"

/* One socket for both families, on all addresses of this machine. */
static int bound_socket(void) {
    struct addrinfo hints = {.ai_family = AF_INET6, .ai_socktype = SOCK_DGRAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
    struct addrinfo *any = NULL;
    int failed = getaddrinfo(NULL, "43211", &hints, &any), off = 0;
    if (failed != 0) {
        error(1, 0, "getaddrinfo: %s", gai_strerror(failed));
    }
    int fd = socket(any->ai_family, any->ai_socktype, any->ai_protocol);
    if (fd < 0 || setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off) < 0) {
        error(1, errno, "socket failed");
    }
    if (bind(fd, any->ai_addr, any->ai_addrlen) < 0) {
        error(1, errno, "bind failed");
    }
    freeaddrinfo(any);
    return fd;
}

/* The sender as a reader knows it. An IPv4 sender's address comes mapped: its four bytes are the last of sixteen. */
static const char *sender_text(const struct sockaddr_in6 *sender, char text[static ENDPOINT_TEXT_SIZE]) {
    struct sockaddr_in plain = {.sin_family = AF_INET, .sin_port = sender->sin6_port};
    /* Task 4: is it mapped? Then take the IPv4 address out of it. */
    if (!IN6_IS_ADDR_V4MAPPED(&sender->sin6_addr)) {
        return endpoint_text((const struct sockaddr *)sender, text);
    }
    memcpy(&plain.sin_addr, &sender->sin6_addr.s6_addr[12], sizeof plain.sin_addr);
    return endpoint_text((struct sockaddr *)&plain, text);
}

int main(int argc, char **argv) {
    if (argc != 1) {
        error(2, 0, "usage: %s", argv[0]);
    }
    int fd = bound_socket();

    for (;;) {
        char message[MAXLINE + 1], text[ENDPOINT_TEXT_SIZE];
        /* Task 3: receive at most MAXLINE bytes, and the sender's address, which needs more room than IPv4's. */
        struct sockaddr_in6 sender = {0};
        socklen_t size = sizeof sender;
        ssize_t received = recvfrom(fd, message, MAXLINE, 0, (struct sockaddr *)&sender, &size);
        if (received < 0) {
            error(1, errno, "recvfrom failed");
        }
        message[received] = '\0';
        printf("received %zd bytes from %s: %s\n", received, sender_text(&sender, text), message);

        /* The reply goes to the address as it came, mapped or not: the kernel knows what to do. */
        char reply[sizeof "Hi, " + MAXLINE] = "Hi, ";
        memcpy(reply + strlen("Hi, "), message, (size_t)received);
        ssize_t sent = sendto(fd, reply, strlen("Hi, ") + (size_t)received, 0, (struct sockaddr *)&sender, size);
        if (sent < 0) {
            error(1, errno, "sendto failed");
        }
        printf("send bytes: %zd\n", sent);
    }
}
