/* 1.2 The error finds the unconnected socket and is dropped there
 * verdict  False
 * text     ICMP errors that came back: 1
 *          errors for which no socket was found: 0
 *          recv: nothing
 *          recv with IP_RECVERR: ECONNREFUSED
 * needs    network
 */
#include "fact.h"

int main(void) {
    int client = udp();
    long came = counter("Icmp:", "InDestUnreachs"), lost = counter("Icmp:", "InErrors");
    send_to(client, "x", LO, NOBODY);
    const char *heard = hear(client);
    printf("ICMP errors that came back: %ld\n", counter("Icmp:", "InDestUnreachs") - came);
    printf("errors for which no socket was found: %ld\n", counter("Icmp:", "InErrors") - lost);
    printf("recv: %s\n", heard);

    /* The same socket, still without a peer, asks for its errors. */
    set(client, IPPROTO_IP, IP_RECVERR, 1);
    send_to(client, "x", LO, NOBODY);
    printf("recv with IP_RECVERR: %s\n", hear(client));
}
