/* 6.9 A smaller MTU on the way costs a datagram
 * verdict  Worth knowing
 * text     first datagram of 1400 bytes: ok, received: nothing
 *          second: EMSGSIZE
 *          IP_MTU is now: 1300
 *          third: ok, received: 1400 bytes in 2 fragments
 *          unconnected, to another such host, first: ok, received: nothing
 *          second: ok, received: 1400 bytes
 * needs    LAN
 */
#include "fact.h"

static char buffer[1400];

static const char *received(int server) {
    static char texts[4][40];
    static int next;
    char *text = texts[next++ % 4], room[2000];
    await(server, PATIENCE);
    ssize_t n = recv(server, room, sizeof room, MSG_DONTWAIT);
    snprintf(text, sizeof texts[0], n < 0 ? "nothing" : "%zd bytes", n);
    return text;
}

int main(void) {
    dave_behind_bob();
    shell("ip -n bob link set eth1 mtu 1300 && ip -n dave link set eth0 mtu 1300");
    shell("ip -n dave addr add 10.0.1.5/24 dev eth0"); /* a path of its own for the second half */
    on("dave");
    int server = udp_at("0.0.0.0", 7001);
    on("alice");
    int client = udp_to("10.0.1.4", 7001), unconnected = udp();

    const char *said = outcome(send(client, buffer, sizeof buffer, 0));
    printf("first datagram of 1400 bytes: %s, received: %s\n", said, received(server));
    printf("second: %s\n", outcome(send(client, buffer, sizeof buffer, 0)));
    printf("IP_MTU is now: %d\n", get(client, IPPROTO_IP, IP_MTU));
    long fragments = counter("Ip:", "FragCreates");
    said = outcome(send(client, buffer, sizeof buffer, 0));
    fragments = counter("Ip:", "FragCreates") - fragments;
    printf("third: %s, received: %s in %ld fragments\n", said, received(server), fragments);

    struct sockaddr_in there = at("10.0.1.5", 7001);
    for (int i = 0; i < 2; i++) {
        said = outcome(sendto(unconnected, buffer, sizeof buffer, 0, (struct sockaddr *)&there, sizeof there));
        printf("%s: %s, received: %s\n", i ? "second" : "unconnected, to another such host, first", said,
               received(server));
    }
}
