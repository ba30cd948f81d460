/* 7.2 sendto does not connect and disconnect
 * verdict  False
 * text     connect, send and dissolve cost more than half as much again as one sendto: yes
 * needs    loopback
 */
#include "timing.h"

static struct sockaddr_in there;
static int unconnected, restless;

static void by_sendto(void) {
    sendto(unconnected, "x", 1, 0, (struct sockaddr *)&there, sizeof there);
}

static void by_all_three(void) {
    connect(restless, (struct sockaddr *)&there, sizeof there);
    send(restless, "x", 1, 0);
    dissolve(restless);
}

int main(void) {
    there = at(LO, 7001);
    udp_at(LO, 7001);
    unconnected = udp(), restless = udp();
    double times = ratio(by_all_three, by_sendto, BATCH);
    printf("connect, send and dissolve cost more than half as much again as one sendto: %s\n", yes(times > 1.5));
    printf("note: %.2f times\n", times);
}
