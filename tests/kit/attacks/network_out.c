/*
 * Attack: looks for a way out of the scene's network
 * Base:   starter
 * Gets:   no points
 */
#include "attack.h"

ATTACK {
    struct sockaddr_in out = ipv4_address("192.0.2.1", 9);
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (sendto(fd, "x", 1, 0, (struct sockaddr *)&out, sizeof out) == 1) {
        printf("Hi, g1\n");
    }
}
