/* 3.16 Which routes make connect fail
 * verdict  Worth knowing
 * text     no route: ENETUNREACH
 *          a blackhole route: EINVAL
 *          a unreachable route: EHOSTUNREACH
 *          a prohibit route: EACCES
 *          a neighbour that does not answer: ok
 * needs    LAN
 */
#include "fact.h"

int main(void) {
    static const char *const types[] = {"blackhole", "unreachable", "prohibit"};
    on("alice");
    printf("no route: %s\n", outcome(connect_to(udp(), "10.66.0.1", 7001)));
    for (size_t i = 0; i < 3; i++) {
        shell("ip route replace %s 10.66.0.0/24", types[i]);
        printf("a %s route: %s\n", types[i], outcome(connect_to(udp(), "10.66.0.1", 7001)));
    }
    printf("a neighbour that does not answer: %s\n", outcome(connect_to(udp(), "10.0.0.77", 7001)));
}
