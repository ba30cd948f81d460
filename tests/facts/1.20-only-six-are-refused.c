/* 1.20 Across a network only the first six are refused
 * verdict  False
 * text     of 20 sockets, one after another, refused: 6
 *          they were the first six: yes
 *          errors that bob's rate limit kept back: 14
 *          on loopback, refused: 20
 * needs    LAN
 */
#include "fact.h"

static bool refused(const char *address) {
    int client = udp_to(address, NOBODY);
    send(client, "x", 1, 0);
    /* The error, if any, is made while send runs: no time passes in which another one would be allowed. */
    bool is = get(client, SOL_SOCKET, SO_ERROR) == ECONNREFUSED;
    close(client);
    return is;
}

int main(void) {
    /* tests/facts/lan has switched the limit off: back to what a kernel has. */
    shell("ip netns exec bob sysctl -qw net.ipv4.icmp_ratelimit=1000 net.ipv4.icmp_ratemask=6168");
    on("alice");
    int server, warm_up = udp_to("10.0.0.2", 7001);
    on("bob");
    server = udp_at("10.0.0.2", 7001);
    send(warm_up, "x", 1, 0);
    hear(server); /* the neighbour is known from here on */
    long kept_back = counter("Icmp:", "OutRateLimitHost");

    on("alice");
    int count = 0, first = 0;
    for (int i = 0; i < 20; i++)
        if (refused("10.0.0.2"))
            first += count++ == i;
    printf("of 20 sockets, one after another, refused: %d\n", count);
    printf("they were the first six: %s\n", yes(first == count));
    on("bob");
    printf("errors that bob's rate limit kept back: %ld\n", counter("Icmp:", "OutRateLimitHost") - kept_back);

    on("alice");
    count = 0;
    for (int i = 0; i < 20; i++)
        count += refused(LO);
    printf("on loopback, refused: %d\n", count);
}
