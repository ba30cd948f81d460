/* 2.6 An overridden destination is not heard
 * verdict  Worth knowing
 * text     connected to 7001, sendto 7002, which answers; recv: nothing
 *          sendto a dead port, with IP_RECVERR; recv: nothing
 *          errors for which no socket was found: 1
 * needs    network
 */
#include "fact.h"

int main(void) {
    udp_at(LO, 7001);
    int other = udp_at(LO, 7002), client = udp_to(LO, 7001);
    set(client, IPPROTO_IP, IP_RECVERR, 1);

    send_to(client, "question", LO, 7002);
    send_to(other, "answer", LO, port_of(client));
    printf("connected to 7001, sendto 7002, which answers; recv: %s\n", hear(client));

    long lost = counter("Icmp:", "InErrors");
    send_to(client, "question", LO, NOBODY);
    printf("sendto a dead port, with IP_RECVERR; recv: %s\n", hear(client));
    printf("errors for which no socket was found: %ld\n", counter("Icmp:", "InErrors") - lost);
}
