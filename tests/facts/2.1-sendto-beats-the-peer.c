/* 2.1 An address given to sendto beats the peer
 * verdict  False
 * text     connected to 7001, sendto 7002: ok
 *          received at 7001: nothing
 *          received at 7002: x
 *          the peer afterwards: 127.0.0.1:7001
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    int first = udp_at(LO, 7001), second = udp_at(LO, 7002), client = udp_to(LO, 7001);
    printf("connected to 7001, sendto 7002: %s\n", outcome(send_to(client, "x", LO, 7002)));
    printf("received at 7001: %s\n", hear(first));
    printf("received at 7002: %s\n", hear(second));
    printf("the peer afterwards: %s\n", peer(client));
}
