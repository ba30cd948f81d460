/* 6.7 Beyond the MTU, Linux fragments
 * verdict  False
 * text     4000 bytes over an MTU of 1500: ok, fragments: 3, received: 4000
 *          65507 bytes: ok, fragments: 45, received: 65507
 *          with IP_PMTUDISC_DO: EMSGSIZE
 *          with IP_PMTUDISC_PROBE: EMSGSIZE
 * needs    LAN
 */
#include "fact.h"

static char buffer[70000];

static void try(int client, int server, size_t size) {
    long before = counter("Ip:", "FragCreates");
    const char *said = outcome(send(client, buffer, size, 0));
    long fragments = counter("Ip:", "FragCreates") - before;
    await(server, PATIENCE);
    printf("%s, fragments: %ld, received: %zd\n", said, fragments, recv(server, buffer, sizeof buffer, MSG_DONTWAIT));
}

int main(void) {
    on("bob");
    int server = udp_at("10.0.0.2", 7001);
    on("alice");
    int client = udp_to("10.0.0.2", 7001);
    printf("4000 bytes over an MTU of 1500: ");
    try(client, server, 4000);
    printf("65507 bytes: ");
    try(client, server, 65507);
    set(client, IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_DO);
    printf("with IP_PMTUDISC_DO: %s\n", outcome(send(client, buffer, 4000, 0)));
    set(client, IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_PROBE);
    printf("with IP_PMTUDISC_PROBE: %s\n", outcome(send(client, buffer, 4000, 0)));
}
