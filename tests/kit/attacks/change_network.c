/*
 * Attack: gives its host another address, and takes the interface down
 * Base:   starter
 * Gets:   no points
 * Lab:    05-broadcast udpbroadcast
 * Tests:  no host's reply is refused|a missing route
 */
#include "attack.h"

#include <net/if.h>

ATTACK {
    struct ifreq request = {.ifr_name = "eth0"};
    struct sockaddr_in other = ipv4_address("10.0.0.2", 0);
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    memcpy(&request.ifr_addr, &other, sizeof other);
    if (ioctl(fd, SIOCSIFADDR, &request) == 0) {
        puts("10.0.0.2:43211: Hi from bob");
    }
    request.ifr_flags = 0;
    if (ioctl(fd, SIOCSIFFLAGS, &request) == 0) {
        error(0, 0, "nobody answered");
    }
}
