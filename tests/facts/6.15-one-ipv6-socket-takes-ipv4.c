/* 6.15 One IPv6 socket takes IPv4 as well
 * verdict  True
 * text     bound to ::, an IPv4 client is heard as: ::ffff:127.0.0.1
 *          an IPv4 socket on the same port: EADDRINUSE
 *          IPV6_V6ONLY after bind: EINVAL
 *          IPV6_V6ONLY before bind, then an IPv4 socket on the same port: ok
 * needs    loopback, IPv6
 */
#include "fact.h"

static int six_at(int port, int v6only) {
    int fd = (int)must("socket", socket(AF_INET6, SOCK_DGRAM, 0));
    struct sockaddr_in6 any = {.sin6_family = AF_INET6, .sin6_port = htons((in_port_t)port)};
    set(fd, IPPROTO_IPV6, IPV6_V6ONLY, v6only);
    must("bind", bind(fd, (struct sockaddr *)&any, sizeof any));
    return fd;
}

int main(void) {
    int server = six_at(7001, 0), client = udp();
    send_to(client, "x", LO, 7001);
    char byte, text[INET6_ADDRSTRLEN];
    struct sockaddr_in6 from = {0};
    socklen_t length = sizeof from;
    await(server, PATIENCE);
    must("recvfrom", recvfrom(server, &byte, 1, MSG_DONTWAIT, (struct sockaddr *)&from, &length));
    printf("bound to ::, an IPv4 client is heard as: %s\n", inet_ntop(AF_INET6, &from.sin6_addr, text, sizeof text));

    printf("an IPv4 socket on the same port: %s\n", outcome(bind_to(udp(), "0.0.0.0", 7001)));
    printf("IPV6_V6ONLY after bind: %s\n", outcome(set(server, IPPROTO_IPV6, IPV6_V6ONLY, 1)));
    six_at(7002, 1);
    printf("IPV6_V6ONLY before bind, then an IPv4 socket on the same port: %s\n",
           outcome(bind_to(udp(), "0.0.0.0", 7002)));
}
