/* 2.2 recvfrom fills in the sender on a connected socket
 * verdict  False
 * text     received: reply, from 127.0.0.1:7001
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    int server = udp_at(LO, 7001), client = udp_to(LO, 7001);
    struct sockaddr_in from = {0};
    send_to(server, "reply", LO, port_of(client));
    const char *heard = hear_from(client, &from);
    printf("received: %s, from %s\n", heard, address_text(from));
}
