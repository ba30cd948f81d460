/* 3.2 The source address sticks
 * verdict  False
 * text     to 127.0.0.1, then to the LAN: EINVAL
 *          dissolved in between: ok, from 10.0.0.1
 *          to the LAN, then to 127.0.0.1: ok, from 10.0.0.1
 * needs    LAN
 */
#include "fact.h"

int main(void) {
    on("alice");
    int client = udp_to(LO, 7001);
    printf("to 127.0.0.1, then to the LAN: %s\n", outcome(connect_to(client, "10.0.0.2", 7001)));
    dissolve(client);
    const char *said = outcome(connect_to(client, "10.0.0.2", 7001));
    printf("dissolved in between: %s, from %s\n", said, inet_ntoa(address_of(client).sin_addr));
    said = outcome(connect_to(client, LO, 7001));
    printf("to the LAN, then to 127.0.0.1: %s, from %s\n", said, inet_ntoa(address_of(client).sin_addr));
}
