/* 2.22 When the local address is removed
 * verdict  Worth knowing
 * text     the client's address: 10.0.0.11
 *          it is removed from the host; send: ENETUNREACH, and again: ENETUNREACH
 *          connect again: ENETUNREACH
 *          dissolve, and connect: ok, from 10.0.0.1
 *          an unconnected socket goes on: ok
 * needs    LAN
 */
#include "fact.h"

int main(void) {
    on("alice");
    shell("ip addr add 10.0.0.11/24 dev eth0 && ip route add 10.0.0.2/32 dev eth0 src 10.0.0.11");
    int client = udp_to("10.0.0.2", 7001), unconnected = udp();
    send_to(unconnected, "x", "10.0.0.2", 7001);
    printf("the client's address: %s\n", inet_ntoa(address_of(client).sin_addr));

    shell("ip route del 10.0.0.2/32 && ip addr del 10.0.0.11/24 dev eth0");
    const char *first = outcome(send(client, "x", 1, 0));
    printf("it is removed from the host; send: %s, and again: %s\n", first, outcome(send(client, "x", 1, 0)));
    printf("connect again: %s\n", outcome(connect_to(client, "10.0.0.2", 7001)));
    dissolve(client);
    first = outcome(connect_to(client, "10.0.0.2", 7001));
    printf("dissolve, and connect: %s, from %s\n", first, inet_ntoa(address_of(client).sin_addr));
    printf("an unconnected socket goes on: %s\n", outcome(send_to(unconnected, "x", "10.0.0.2", 7001)));
}
