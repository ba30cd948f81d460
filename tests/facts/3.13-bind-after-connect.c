/* 3.13 bind after connect
 * verdict  Worth knowing
 * text     bind after connect: EINVAL
 *          after dissolving: ok
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    int client = udp_to(LO, 7001);
    printf("bind after connect: %s\n", outcome(bind_to(client, LO, 7002)));
    dissolve(client);
    printf("after dissolving: %s\n", outcome(bind_to(client, LO, 7002)));
}
