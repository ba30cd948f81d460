/* 1.21 Connected, no server, and recv still blocks
 * verdict  Worth knowing
 * text     no obstacle: ECONNREFUSED
 *          bob's firewall drops the datagram: nothing
 *          alice's firewall drops the ICMP error: nothing
 *          bob answers "host unreachable": nothing
 *          there is no such machine: nothing
 *          the rate limit is used up: nothing
 * needs    LAN, nft
 */
#include "fact.h"

static const char *answered(const char *address) {
    int client = udp_to(address, NOBODY);
    send(client, "x", 1, 0);
    const char *heard = hear(client);
    close(client);
    return heard;
}

static void firewall(const char *host, const char *rule) {
    shell("ip netns exec %s nft 'flush ruleset; table ip t { chain c { type filter hook input priority 0; "
          "%s; }; }'",
          host, rule);
}

int main(void) {
    on("alice");
    printf("no obstacle: %s\n", answered("10.0.0.2"));
    firewall("bob", "udp dport 7009 drop");
    printf("bob's firewall drops the datagram: %s\n", answered("10.0.0.2"));
    shell("ip netns exec bob nft flush ruleset");
    firewall("alice", "icmp type destination-unreachable drop");
    printf("alice's firewall drops the ICMP error: %s\n", answered("10.0.0.2"));
    shell("ip netns exec alice nft flush ruleset");
    firewall("bob", "udp dport 7009 reject with icmp type host-unreachable");
    printf("bob answers \"host unreachable\": %s\n", answered("10.0.0.2"));
    shell("ip netns exec bob nft flush ruleset");
    printf("there is no such machine: %s\n", answered("10.0.0.77"));
    shell("ip netns exec bob sysctl -qw net.ipv4.icmp_ratelimit=60000 net.ipv4.icmp_ratemask=6168");
    for (int i = 0; i < 7; i++)
        answered("10.0.0.2");
    printf("the rate limit is used up: %s\n", answered("10.0.0.2"));
}
