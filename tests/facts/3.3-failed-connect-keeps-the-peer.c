/* 3.3 A failed connect keeps the old peer
 * verdict  False
 * text     no route: ENETUNREACH, peer 127.0.0.1:7001
 *          family AF_INET6: EAFNOSUPPORT, peer 127.0.0.1:7001
 *          too short an address: EINVAL, peer 127.0.0.1:7001
 *          send: ok, received at 7001: x
 * needs    network
 */
#include "fact.h"

int main(void) {
    int server = udp_at(LO, 7001), client = udp_to(LO, 7001);
    struct sockaddr_in there = at(LO, 7002);
    struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_port = htons(7002)};

    const char *said = outcome(connect_to(client, "192.0.2.1", 7002));
    printf("no route: %s, peer %s\n", said, peer(client));
    said = outcome(connect(client, (struct sockaddr *)&six, sizeof six));
    printf("family AF_INET6: %s, peer %s\n", said, peer(client));
    said = outcome(connect(client, (struct sockaddr *)&there, 8));
    printf("too short an address: %s, peer %s\n", said, peer(client));
    said = outcome(send(client, "x", 1, 0));
    printf("send: %s, received at 7001: %s\n", said, hear(server));
}
