/* 6.8 IP_MTU wants a peer
 * verdict  True
 * text     unconnected: ENOTCONN
 *          connected, on the LAN: 1500
 *          connected, on loopback: 65535
 * needs    LAN
 */
#include "fact.h"

int main(void) {
    on("alice");
    int mtu, unconnected = udp();
    socklen_t length = sizeof mtu;
    printf("unconnected: %s\n", outcome(getsockopt(unconnected, IPPROTO_IP, IP_MTU, &mtu, &length)));
    printf("connected, on the LAN: %d\n", get(udp_to("10.0.0.2", 7001), IPPROTO_IP, IP_MTU));
    printf("connected, on loopback: %d\n", get(udp_to(LO, 7001), IPPROTO_IP, IP_MTU));
}
