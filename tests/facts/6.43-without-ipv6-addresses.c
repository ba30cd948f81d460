/* 6.43 A host without IPv6 addresses
 * verdict  Worth knowing
 * text     disable_ipv6 is 1, bind to ::, an IPv4 client is heard: yes
 *          connect to ::1 fails at once: yes
 *          connect to a link-local address without its interface: EINVAL
 * needs    network, IPv6
 */
#include "fact.h"

static int connect_six(const char *address) {
    struct sockaddr_in6 to = {.sin6_family = AF_INET6, .sin6_port = htons(7001)};
    inet_pton(AF_INET6, address, &to.sin6_addr);
    return connect((int)must("socket", socket(AF_INET6, SOCK_DGRAM, 0)), (struct sockaddr *)&to, sizeof to);
}

int main(void) {
    shell("sysctl -qw net.ipv6.conf.all.disable_ipv6=1");
    int server = (int)must("socket", socket(AF_INET6, SOCK_DGRAM, 0));
    struct sockaddr_in6 any = {.sin6_family = AF_INET6, .sin6_port = htons(7001)};
    set(server, IPPROTO_IPV6, IPV6_V6ONLY, 0);
    must("bind", bind(server, (struct sockaddr *)&any, sizeof any));
    send_to(udp(), "x", LO, 7001);
    printf("disable_ipv6 is 1, bind to ::, an IPv4 client is heard: %s\n", yes(await(server, PATIENCE)));
    printf("connect to ::1 fails at once: %s\n", yes(connect_six("::1") < 0));
    printf("connect to a link-local address without its interface: %s\n", outcome(connect_six("fe80::1")));
}
