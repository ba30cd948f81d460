/* 2.4 What sendto accepts as an address
 * verdict  Worth knowing
 * text     a null pointer and length 16: ok, to the peer
 *          an address and length 0: EINVAL
 *          an address and length 8: EINVAL
 *          port 0: EINVAL
 *          family AF_INET6: EAFNOSUPPORT
 *          family AF_UNSPEC with a port: ok, to that port
 * needs    loopback
 */
#include "fact.h"

static int client;

static const char *send_with(const void *address, socklen_t length) {
    return outcome(sendto(client, "x", 1, 0, address, length));
}

int main(void) {
    int server = udp_at(LO, 7001), other = udp_at(LO, 7002);
    client = udp_to(LO, 7001);
    struct sockaddr_in there = at(LO, 7002), no_port = at(LO, 0), no_family = at(LO, 7002);
    struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_port = htons(7002)};
    no_family.sin_family = AF_UNSPEC;

    const char *said = send_with(NULL, sizeof there);
    printf("a null pointer and length 16: %s, %s\n", said, *hear(server) == 'x' ? "to the peer" : "lost");
    printf("an address and length 0: %s\n", send_with(&there, 0));
    printf("an address and length 8: %s\n", send_with(&there, 8));
    printf("port 0: %s\n", send_with(&no_port, sizeof no_port));
    printf("family AF_INET6: %s\n", send_with(&six, sizeof six));
    said = send_with(&no_family, sizeof no_family);
    printf("family AF_UNSPEC with a port: %s, %s\n", said, *hear(other) == 'x' ? "to that port" : "lost");
}
