/* 3.6 AF_UNSPEC dissolves the association
 * verdict  True
 * text     connect with family AF_UNSPEC: ok
 *          getpeername: ENOTCONN
 *          send: EDESTADDRREQ
 *          sendto with an address: ok
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    int client = udp_to(LO, 7001);
    printf("connect with family AF_UNSPEC: %s\n", outcome(dissolve(client)));
    printf("getpeername: %s\n", peer(client));
    printf("send: %s\n", outcome(send(client, "x", 1, 0)));
    printf("sendto with an address: %s\n", outcome(send_to(client, "x", LO, 7001)));
}
