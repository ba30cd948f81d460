/* 1.26 A datagram that runs out of hops is silent
 * verdict  Worth knowing
 * text     TTL 2: received by dave: x
 *          TTL 1: nothing
 *          TTL 1, with IP_RECVERR: EHOSTUNREACH
 * needs    LAN
 */
#include "fact.h"

int main(void) {
    dave_behind_bob();
    on("dave");
    int server = udp_at("10.0.1.4", 7001);
    on("alice");
    int client = udp_to("10.0.1.4", 7001);
    set(client, IPPROTO_IP, IP_TTL, 2);
    send(client, "x", 1, 0);
    printf("TTL 2: received by dave: %s\n", hear(server));

    set(client, IPPROTO_IP, IP_TTL, 1);
    send(client, "x", 1, 0);
    printf("TTL 1: %s\n", hear(client));
    set(client, IPPROTO_IP, IP_RECVERR, 1);
    send(client, "x", 1, 0);
    printf("TTL 1, with IP_RECVERR: %s\n", hear(client));
}
