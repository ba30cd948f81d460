/* 1.18 Not every ICMP error is passed on
 * verdict  False
 * text     port-unreachable: ECONNREFUSED
 *          prot-unreachable: ENOPROTOOPT
 *          net-prohibited: ENETUNREACH
 *          host-prohibited: EHOSTUNREACH
 *          admin-prohibited: EHOSTUNREACH
 *          net-unreachable: nothing, with IP_RECVERR ENETUNREACH
 *          host-unreachable: nothing, with IP_RECVERR EHOSTUNREACH
 * needs    LAN, nft
 */
#include "fact.h"

static const char *answered(bool recverr) {
    int client = udp_to("10.0.0.2", NOBODY);
    set(client, IPPROTO_IP, IP_RECVERR, recverr);
    send(client, "x", 1, 0);
    const char *heard = hear(client);
    close(client);
    return heard;
}

int main(void) {
    static const char *const errors[] = {"port-unreachable", "prot-unreachable", "net-prohibited",  "host-prohibited",
                                         "admin-prohibited", "net-unreachable",  "host-unreachable"};
    on("alice");
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
        /* Bob's firewall answers with the error of our choice. */
        shell("ip netns exec bob nft 'flush ruleset; table ip t { chain c { type filter hook input priority 0; "
              "udp dport 7009 reject with icmp type %s; }; }'",
              errors[i]);
        const char *plain = answered(false);
        if (strcmp(plain, "nothing") == 0)
            printf("%s: nothing, with IP_RECVERR %s\n", errors[i], answered(true));
        else
            printf("%s: %s\n", errors[i], plain);
    }
}
