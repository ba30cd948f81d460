/* 1.16 Nobody asks the peer first
 * verdict  False
 * text     frames that alice sent at connect: 0, not even ARP
 *          frames at the first send: ARP and the datagram: yes
 * needs    LAN
 */
#include "fact.h"

/* Every frame that eth0 has sent, whatever is in it. */
static long frames(void) {
    long sent = -1;
    FILE *file = popen("ip -s -j link show eth0 | gojq .[0].stats64.tx.packets", "r");
    if (!file || fscanf(file, "%ld", &sent) != 1)
        cannot("ip -s link");
    pclose(file);
    return sent;
}

int main(void) {
    on("bob");
    int server = udp_at("10.0.0.2", 7001);
    on("alice");
    long before = frames();
    int client = udp_to("10.0.0.2", 7001);
    printf("frames that alice sent at connect: %ld, not even ARP\n", frames() - before);

    before = frames();
    send(client, "x", 1, 0);
    hear(server);
    printf("frames at the first send: ARP and the datagram: %s\n", yes(frames() - before == 2));
}
