/* 7.7 Segmentation offload changes the scale
 * verdict  Worth knowing
 * text     44 datagrams of 1400 bytes in one send with UDP_SEGMENT, received: 44
 *          a datagram costs less than half of a send of its own: yes
 * needs    LAN
 */
#include "timing.h"

#define SEGMENTS 44
static char text[SEGMENTS * 1400];
static int plain, segmented;

static void one_by_one(void) {
    for (int i = 0; i < SEGMENTS; i++)
        send(plain, text, 1400, 0);
}

static void all_at_once(void) {
    send(segmented, text, sizeof text, 0);
}

int main(void) {
    on("bob");
    int server = udp_at("10.0.0.2", 7001);
    on("alice");
    plain = udp_to("10.0.0.2", 7001), segmented = udp_to("10.0.0.2", 7001);
    must("UDP_SEGMENT", set(segmented, IPPROTO_UDP, UDP_SEGMENT, 1400));

    send(plain, "x", 1, 0);
    hear(server); /* the neighbour is known from here on */
    int received = 0;
    must("send", send(segmented, text, sizeof text, 0));
    for (char room[2000]; await(server, 50) && recv(server, room, sizeof room, MSG_DONTWAIT) == 1400;)
        received++;
    printf("44 datagrams of 1400 bytes in one send with UDP_SEGMENT, received: %d\n", received);
    double cheaper = ratio(all_at_once, one_by_one, 20);
    printf("a datagram costs less than half of a send of its own: %s\n", yes(cheaper < 0.5));
    printf("note: %.2f of it\n", cheaper);
}
