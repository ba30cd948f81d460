/* 6.10 Routers drop large datagrams and you never know
 * verdict  True, but
 * text     the router's errors are blocked: 4 sends ok, received: 0
 *          they are not: 4 sends ok, received: 3
 *          one fragment of two is dropped: send ok, received: 0
 * needs    LAN, nft
 */
#include "fact.h"

static char buffer[1400];

static int sent_and_received(const char *address, int server, int *ok) {
    struct sockaddr_in there = at(address, 7001);
    int client = udp(), received = 0;
    *ok = 0;
    for (int i = 0; i < 4; i++)
        *ok += sendto(client, buffer, sizeof buffer, 0, (struct sockaddr *)&there, sizeof there) > 0;
    while (*hear(server) != 'n')
        received++;
    return received;
}

int main(void) {
    memset(buffer, 'x', sizeof buffer);
    dave_behind_bob();
    shell("ip -n bob link set eth1 mtu 1300 && ip -n dave link set eth0 mtu 1300");
    shell("ip -n dave addr add 10.0.1.5/24 dev eth0");
    on("dave");
    int server = udp_at("0.0.0.0", 7001), ok, received;
    on("alice");

    shell("nft 'table ip t { chain c { type filter hook input priority 0; icmp type destination-unreachable "
          "drop; }; }'");
    received = sent_and_received("10.0.1.4", server, &ok);
    printf("the router's errors are blocked: %d sends ok, received: %d\n", ok, received);
    shell("nft flush ruleset");
    received = sent_and_received("10.0.1.5", server, &ok);
    printf("they are not: %d sends ok, received: %d\n", ok, received);

    /* Before defragmentation, every packet at an offset is dropped: the second half. */
    shell("ip netns exec dave nft 'table ip t { chain c { type filter hook prerouting priority -500; "
          "ip frag-off & 0x1fff != 0 drop; }; }'");
    struct sockaddr_in there = at("10.0.1.5", 7001);
    int client = udp();
    const char *said = outcome(sendto(client, buffer, sizeof buffer, 0, (struct sockaddr *)&there, sizeof there));
    printf("one fragment of two is dropped: send %s, received: %d\n", said, *hear(server) != 'n');
}
