/* 2.19 A socket's address is not unique
 * verdict  True, but
 * text     the same address twice: EADDRINUSE
 *          with SO_REUSEPORT on both: ok
 *          on another host: ok
 * needs    LAN
 */
#include "fact.h"

int main(void) {
    udp_at(LO, 7001);
    int second = udp();
    printf("the same address twice: %s\n", outcome(bind_to(second, LO, 7001)));

    int one = udp(), other = udp();
    set(one, SOL_SOCKET, SO_REUSEPORT, 1);
    set(other, SOL_SOCKET, SO_REUSEPORT, 1);
    must("bind", bind_to(one, LO, 7002));
    printf("with SO_REUSEPORT on both: %s\n", outcome(bind_to(other, LO, 7002)));

    on("alice");
    int elsewhere = udp();
    printf("on another host: %s\n", outcome(bind_to(elsewhere, LO, 7001)));
}
