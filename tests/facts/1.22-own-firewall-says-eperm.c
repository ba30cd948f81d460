/* 1.22 A firewall on the way out says EPERM
 * verdict  Worth knowing
 * text     a rule that drops: send EPERM, then recv nothing
 *          a rule that rejects: send EPERM, then recv ECONNREFUSED
 * needs    network, nft
 */
#include "fact.h"

int main(void) {
    shell("nft 'table ip t { chain c { type filter hook output priority 0; udp dport 7001 drop; udp dport "
          "7002 reject; }; }'");
    int dropped = udp_to(LO, 7001), rejected = udp_to(LO, 7002);

    const char *sent = outcome(send(dropped, "x", 1, 0));
    printf("a rule that drops: send %s, then recv %s\n", sent, hear(dropped));
    sent = outcome(send(rejected, "x", 1, 0));
    printf("a rule that rejects: send %s, then recv %s\n", sent, hear(rejected));
}
