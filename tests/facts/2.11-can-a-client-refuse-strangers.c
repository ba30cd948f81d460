/* 2.11 Can a client refuse strangers?
 * verdict  True
 * text     unconnected, a stranger's datagram: received
 *          connected, a stranger's datagram: nothing
 *          the stranger, which is connected, hears: ECONNREFUSED
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    udp_at(LO, 7001);
    int unconnected = udp_at(LO, 7002), connected = udp_to(LO, 7001);
    int stranger = udp_to(LO, 7002);

    send(stranger, "received", 8, 0);
    printf("unconnected, a stranger's datagram: %s\n", hear(unconnected));

    connect_to(stranger, LO, port_of(connected));
    send(stranger, "received", 8, 0);
    printf("connected, a stranger's datagram: %s\n", hear(connected));
    printf("the stranger, which is connected, hears: %s\n", hear(stranger));
}
