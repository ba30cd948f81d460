/* 5.5 A broadcast is never refused
 * verdict  False
 * text     datagrams that found no socket at bob: 1 (counted as IgnoredMulti)
 *          errors that bob sent: 0
 *          recv, with IP_RECVERR: nothing
 * needs    LAN
 */
#include "fact.h"

int main(void) {
    on("bob");
    long undelivered = counter("Udp:", "IgnoredMulti"), errors = counter("Icmp:", "OutMsgs");
    on("alice");
    int client = udp();
    set(client, SOL_SOCKET, SO_BROADCAST, 1);
    set(client, IPPROTO_IP, IP_RECVERR, 1);
    must("connect", connect_to(client, "10.0.0.255", NOBODY));
    send(client, "x", 1, 0);
    const char *heard = hear(client);
    on("bob");
    printf("datagrams that found no socket at bob: %ld (counted as IgnoredMulti)\n",
           counter("Udp:", "IgnoredMulti") - undelivered);
    printf("errors that bob sent: %ld\n", counter("Icmp:", "OutMsgs") - errors);
    printf("recv, with IP_RECVERR: %s\n", heard);
}
