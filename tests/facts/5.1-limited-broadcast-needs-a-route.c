/* 5.1 255.255.255.255 needs a route
 * verdict  True, but
 * text     without a default route: ENETUNREACH, with SO_BROADCAST: ENETUNREACH
 *          with SO_BROADCAST and a device: ok
 *          with SO_BROADCAST and a bound address: ok
 *          with SO_BROADCAST and a default route: ok
 * needs    LAN
 */
#include "fact.h"

static int broadcaster(void) {
    int fd = udp();
    set(fd, SOL_SOCKET, SO_BROADCAST, 1);
    return fd;
}

static const char *connect_to_all(int fd) {
    return outcome(connect_to(fd, "255.255.255.255", 7001));
}

int main(void) {
    on("alice");
    const char *without = connect_to_all(udp());
    printf("without a default route: %s, with SO_BROADCAST: %s\n", without, connect_to_all(broadcaster()));

    int fd = broadcaster();
    setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, "eth0", sizeof "eth0");
    printf("with SO_BROADCAST and a device: %s\n", connect_to_all(fd));
    fd = broadcaster();
    bind_to(fd, "10.0.0.1", 0);
    printf("with SO_BROADCAST and a bound address: %s\n", connect_to_all(fd));
    shell("ip route add default via 10.0.0.2");
    printf("with SO_BROADCAST and a default route: %s\n", connect_to_all(broadcaster()));
}
