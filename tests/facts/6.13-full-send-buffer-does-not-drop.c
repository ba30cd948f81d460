/* 6.13 A full send buffer does not drop
 * verdict  False
 * text     small buffer, slow device: sends ok: some, then EAGAIN: yes
 *          large buffer, short queue: 2000 sends ok: yes, dropped by the device: most
 *          the same with IP_RECVERR: ENOBUFS: yes
 * needs    LAN, tc
 */
#include "fact.h"

static char text[1000];

static long dropped(void) {
    long count = -1;
    FILE *file = popen("tc -s -j qdisc show dev eth0 root | gojq .[0].drops", "r");
    if (!file || fscanf(file, "%ld", &count) != 1)
        cannot("tc -s qdisc");
    pclose(file);
    return count;
}

int main(void) {
    on("bob");
    udp_at("10.0.0.2", 7001);
    on("alice");
    int client = udp_to("10.0.0.2", 7001), ok = 0;
    send(client, text, sizeof text, 0); /* the neighbour is known from here on */

    shell("tc qdisc add dev eth0 root tbf rate 1mbit burst 2000 limit 1000000");
    set(client, SOL_SOCKET, SO_SNDBUF, 5000);
    while (ok < 100 && send(client, text, sizeof text, MSG_DONTWAIT) > 0)
        ok++;
    const char *said = outcome(-1);
    printf("small buffer, slow device: sends ok: %s, then EAGAIN: %s\n", ok > 0 && ok < 100 ? "some" : "all",
           yes(strcmp(said, "EAGAIN") == 0));

    shell("tc qdisc replace dev eth0 root tbf rate 100kbit burst 2000 limit 20000");
    int hasty = udp_to("10.0.0.2", 7001);
    long before = dropped();
    ok = 0;
    for (int i = 0; i < 2000; i++)
        ok += send(hasty, text, sizeof text, MSG_DONTWAIT) > 0;
    long lost = dropped() - before;
    printf("large buffer, short queue: 2000 sends ok: %s, dropped by the device: %s\n", yes(ok == 2000),
           lost > 1000 ? "most" : "few");
    printf("note: %ld of 2000\n", lost);

    set(hasty, IPPROTO_IP, IP_RECVERR, 1);
    int no_buffers = 0;
    for (int i = 0; i < 2000; i++)
        no_buffers += send(hasty, text, sizeof text, MSG_DONTWAIT) < 0 && errno == ENOBUFS;
    printf("the same with IP_RECVERR: ENOBUFS: %s\n", yes(no_buffers > 1000));
}
