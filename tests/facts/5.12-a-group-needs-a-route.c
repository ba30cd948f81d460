/* 5.12 A group needs a route, too
 * verdict  Worth knowing
 * text     connect to a group, no route: ENETUNREACH
 *          with a route for groups: ok
 * needs    network
 */
#include "fact.h"

int main(void) {
    printf("connect to a group, no route: %s\n", outcome(connect_to(udp(), "239.1.2.3", 7001)));
    shell("ip route add 224.0.0.0/4 dev lo");
    printf("with a route for groups: %s\n", outcome(connect_to(udp(), "239.1.2.3", 7001)));
}
