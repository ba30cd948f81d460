/* 5.3 Connected to everybody, you hear nobody
 * verdict  False
 * text     connected: heard by 3 hosts, replies that arrived: 0
 *          replies that alice refused: 3
 *          port unreachable that she sent to those who answered: 3
 *          dissolved: heard by 3 hosts, replies that arrived: 3
 * needs    LAN
 */
#include "fact.h"

static int servers[3];

/* Each server that has heard the question answers it. */
static int answer_all(void) {
    struct sockaddr_in from;
    int heard = 0;
    for (int i = 0; i < 3; i++) {
        if (strcmp(hear_from(servers[i], &from), "question") != 0)
            continue;
        heard++;
        must("sendto", sendto(servers[i], "reply", 5, 0, (struct sockaddr *)&from, sizeof from));
    }
    return heard;
}

static int replies(int fd) {
    int count = 0;
    while (strcmp(hear(fd), "reply") == 0)
        count++;
    return count;
}

int main(void) {
    static const char *const hosts[] = {"bob", "carol", "dave"};
    shell("tests/facts/lan dave");
    for (int i = 0; i < 3; i++) {
        on(hosts[i]);
        servers[i] = udp_at("0.0.0.0", 7001);
    }
    on("alice");
    int client = udp();
    set(client, SOL_SOCKET, SO_BROADCAST, 1);
    long refused = counter("Udp:", "NoPorts"), unreachable = counter("Icmp:", "OutDestUnreachs");

    must("connect", connect_to(client, "10.0.0.255", 7001));
    send(client, "question", 8, 0);
    int heard = answer_all();
    printf("connected: heard by %d hosts, replies that arrived: %d\n", heard, replies(client));
    printf("replies that alice refused: %ld\n", counter("Udp:", "NoPorts") - refused);
    printf("port unreachable that she sent to those who answered: %ld\n",
           counter("Icmp:", "OutDestUnreachs") - unreachable);

    dissolve(client);
    send_to(client, "question", "10.0.0.255", 7001);
    heard = answer_all();
    printf("dissolved: heard by %d hosts, replies that arrived: %d\n", heard, replies(client));
}
