/* 5.6 A connected receiver loses its peer's broadcasts
 * verdict  False
 * text     bob's socket before connect: 0.0.0.0:7001, after: 10.0.0.2:7001
 *          alice broadcasts: nothing
 *          alice writes to him: to bob
 * needs    LAN
 */
#include "fact.h"

int main(void) {
    on("alice");
    int alice = udp_at("10.0.0.1", 7002);
    set(alice, SOL_SOCKET, SO_BROADCAST, 1);
    on("bob");
    int bob = udp_at("0.0.0.0", 7001);
    const char *before = local(bob);
    connect_to(bob, "10.0.0.1", 7002);
    printf("bob's socket before connect: %s, after: %s\n", before, local(bob));
    send_to(alice, "to all", "10.0.0.255", 7001);
    printf("alice broadcasts: %s\n", hear(bob));
    send_to(alice, "to bob", "10.0.0.2", 7001);
    printf("alice writes to him: %s\n", hear(bob));
}
