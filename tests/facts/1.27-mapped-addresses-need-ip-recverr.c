/* 1.27 IPv6 sockets that speak IPv4 need IPv4's option
 * verdict  Worth knowing
 * text     IPV6_RECVERR: nothing
 *          IP_RECVERR: ECONNREFUSED
 * needs    loopback, IPv6
 */
#include "fact.h"

static const char *answered(int level, int option) {
    int client = (int)must("socket", socket(AF_INET6, SOCK_DGRAM, 0));
    struct sockaddr_in6 mapped = {.sin6_family = AF_INET6, .sin6_port = htons(NOBODY)};
    inet_pton(AF_INET6, "::ffff:127.0.0.1", &mapped.sin6_addr);
    must("setsockopt", set(client, level, option, 1));
    sendto(client, "x", 1, 0, (struct sockaddr *)&mapped, sizeof mapped);
    return hear(client);
}

int main(void) {
    printf("IPV6_RECVERR: %s\n", answered(IPPROTO_IPV6, IPV6_RECVERR));
    printf("IP_RECVERR: %s\n", answered(IPPROTO_IP, IP_RECVERR));
}
