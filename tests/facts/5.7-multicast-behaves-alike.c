/* 5.7 Multicast behaves alike
 * verdict  True
 * text     connect to a group, without SO_BROADCAST: ok
 *          the members hear: 2, replies that arrive: 0
 *          unconnected, the members hear: 2, replies that arrive: 2
 * needs    LAN
 */
#include "fact.h"

#define GROUP "239.1.2.3"

static int members[2];

static int member(const char *host) {
    on(host);
    int fd = udp_at("0.0.0.0", 7001);
    struct ip_mreqn group = {.imr_multiaddr = at(GROUP, 0).sin_addr, .imr_ifindex = (int)if_nametoindex("eth0")};
    must("IP_ADD_MEMBERSHIP", setsockopt(fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &group, sizeof group));
    return fd;
}

static void ask(const char *how, int client) {
    struct sockaddr_in from;
    int heard = 0, replies = 0;
    for (int i = 0; i < 2; i++)
        if (strcmp(hear_from(members[i], &from), "question") == 0) {
            heard++;
            sendto(members[i], "reply", 5, 0, (struct sockaddr *)&from, sizeof from);
        }
    while (strcmp(hear(client), "reply") == 0)
        replies++;
    printf("%s members hear: %d, replies that arrive: %d\n", how, heard, replies);
}

int main(void) {
    members[0] = member("bob");
    members[1] = member("carol");
    on("alice");
    int client = udp();
    printf("connect to a group, without SO_BROADCAST: %s\n", outcome(connect_to(client, GROUP, 7001)));
    send(client, "question", 8, 0);
    ask("the", client);
    int unconnected = udp();
    send_to(unconnected, "question", GROUP, 7001);
    ask("unconnected, the", unconnected);
}
