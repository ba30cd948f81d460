/* 7.3 connect makes sending faster
 * verdict  True, but
 * text     unconnected sendto is dearer than connected send: yes, by less than a third: yes
 *          connected, sendto with the address saves: nothing
 * needs    loopback
 */
#include "timing.h"

static struct sockaddr_in there;
static int connected, unconnected;

static void by_send(void) {
    send(connected, "x", 1, 0);
}

static void by_sendto(void) {
    sendto(unconnected, "x", 1, 0, (struct sockaddr *)&there, sizeof there);
}

static void by_sendto_same(void) {
    sendto(connected, "x", 1, 0, (struct sockaddr *)&there, sizeof there);
}

int main(void) {
    there = at(LO, 7001);
    udp_at(LO, 7001);
    connected = udp_to(LO, 7001), unconnected = udp();
    double dearer = ratio(by_sendto, by_send, BATCH), same = ratio(by_sendto_same, by_sendto, BATCH);
    printf("unconnected sendto is dearer than connected send: %s, by less than a third: %s\n", yes(dearer > 1.02),
           yes(dearer < 1.34));
    printf("connected, sendto with the address saves: %s\n", same > 0.95 ? "nothing" : "something");
    printf("note: %.2f times; the same address %.2f of unconnected\n", dearer, same);
}
