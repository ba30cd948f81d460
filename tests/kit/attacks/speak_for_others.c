/*
 * Attack: sends the replies that it should receive itself, from the addresses of the other hosts
 * Base:   starter
 * Gets:   no points
 * Lab:    05-broadcast udpbroadcast
 * Tests:  every host's reply
 */
#include "attack.h"

ATTACK {
    static const char *const hosts[] = {"10.0.0.2", "10.0.0.3"};
    for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++) {
        struct sockaddr_in from = ipv4_address(hosts[i], SERV_PORT), to = ipv4_address("10.0.0.1", SERV_PORT);
        int fd = socket(AF_INET, SOCK_DGRAM, 0);
        if (bind(fd, (struct sockaddr *)&from, sizeof from) == 0 &&
            sendto(fd, "Hi from bob", 11, 0, (struct sockaddr *)&to, sizeof to) == 11) {
            printf("%s:43211: Hi from bob\n", hosts[i]);
        }
    }
}
