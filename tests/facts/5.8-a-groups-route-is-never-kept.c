/* 5.8 A group's route is never kept
 * verdict  True
 * text     connected to a group by eth0; send: heard on eth0
 *          IP_MULTICAST_IF is set to lo; send: heard on lo
 *          its source address stays: 10.0.0.1
 * needs    LAN
 */
#include "fact.h"

#define GROUP "239.1.2.3"

static int member(const char *device) {
    int fd = udp();
    set(fd, SOL_SOCKET, SO_REUSEADDR, 1);
    must("bind", bind_to(fd, GROUP, 7001));
    struct ip_mreqn group = {.imr_multiaddr = at(GROUP, 0).sin_addr, .imr_ifindex = (int)if_nametoindex(device)};
    must("IP_ADD_MEMBERSHIP", setsockopt(fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &group, sizeof group));
    must("SO_BINDTODEVICE", setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, device, (socklen_t)strlen(device) + 1));
    return fd;
}

int main(void) {
    on("bob");
    int bob = member("eth0");
    on("alice");
    int on_lo = member("lo"), client = udp_to(GROUP, 7001);
    struct sockaddr_in from = {0};
    send(client, "x", 1, 0);
    printf("connected to a group by eth0; send: heard on %s\n", *hear(bob) == 'x' ? "eth0" : "no device");

    struct ip_mreqn by_lo = {.imr_ifindex = (int)if_nametoindex("lo")};
    must("IP_MULTICAST_IF", setsockopt(client, IPPROTO_IP, IP_MULTICAST_IF, &by_lo, sizeof by_lo));
    send(client, "x", 1, 0);
    printf("IP_MULTICAST_IF is set to lo; send: heard on %s\n", *hear_from(on_lo, &from) == 'x' ? "lo" : "no device");
    printf("its source address stays: %s\n", inet_ntoa(from.sin_addr));
}
