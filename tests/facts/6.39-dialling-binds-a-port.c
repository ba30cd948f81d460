/* 6.39 Dialling binds a port
 * verdict  False
 * text     connected, before the first datagram: 127.0.0.1:ephemeral
 *          unconnected, before the first datagram: 0.0.0.0:0
 *          unconnected, after it: 0.0.0.0:ephemeral
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    int connected = udp_to(LO, 7001), unconnected = udp();
    printf("connected, before the first datagram: %s\n", local(connected));
    printf("unconnected, before the first datagram: %s\n", local(unconnected));
    send_to(unconnected, "x", LO, 7001);
    printf("unconnected, after it: %s\n", local(unconnected));
}
