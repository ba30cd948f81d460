/* 2.20 connect binds
 * verdict  True
 * text     before: 0.0.0.0:0
 *          after connect to 127.0.0.1: 127.0.0.1:ephemeral
 *          bound by bind to all addresses and 7002, then connected: 127.0.0.1:7002
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    int client = udp(), server = udp_at("0.0.0.0", 7002);
    printf("before: %s\n", local(client));
    connect_to(client, LO, 7001);
    printf("after connect to 127.0.0.1: %s\n", local(client));
    connect_to(server, LO, 7001);
    printf("bound by bind to all addresses and 7002, then connected: %s\n", local(server));
}
