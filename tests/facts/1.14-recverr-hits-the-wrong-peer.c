/* 1.14 IP_RECVERR on a socket with many peers hits the wrong one
 * verdict  False
 * text     sendto the dead port: ok
 *          sendto the server that lives: ECONNREFUSED
 *          what the server received: nothing
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    int server = udp_at(LO, 7001), client = udp();
    set(client, IPPROTO_IP, IP_RECVERR, 1);
    printf("sendto the dead port: %s\n", outcome(send_to(client, "x", LO, NOBODY)));
    printf("sendto the server that lives: %s\n", outcome(send_to(client, "y", LO, 7001)));
    printf("what the server received: %s\n", hear(server));
}
