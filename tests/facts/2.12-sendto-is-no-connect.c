/* 2.12 sendto is no connect, recvfrom is no accept
 * verdict  False
 * text     the client's peer, after each sendto: ENOTCONN, ENOTCONN
 *          the server's peer, after each recvfrom: ENOTCONN, ENOTCONN
 *          the server's socket receives from both: first, second
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    int server = udp_at(LO, 7001), client = udp(), other = udp();
    send_to(client, "first", LO, 7001);
    const char *after_first = peer(client);
    send_to(client, "elsewhere", LO, NOBODY);
    printf("the client's peer, after each sendto: %s, %s\n", after_first, peer(client));

    send_to(other, "second", LO, 7001);
    const char *first = hear(server), *peer_then = peer(server), *second = hear(server);
    printf("the server's peer, after each recvfrom: %s, %s\n", peer_then, peer(server));
    printf("the server's socket receives from both: %s, %s\n", first, second);
}
