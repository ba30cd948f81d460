/* 7.1 The ways to send, compared
 * verdict  Worth knowing
 * text     in order of what they cost: yes
 *          sendto with the same address is as dear as an unconnected sendto: yes
 *          connect, send, dissolve is the dearest, more than half as much again: yes
 * needs    loopback
 */
#include "timing.h"

static struct sockaddr_in there;
static int connected, unconnected, restless;

static void by_send(void) {
    send(connected, "x", 1, 0);
}

static void by_sendto(void) {
    sendto(unconnected, "x", 1, 0, (struct sockaddr *)&there, sizeof there);
}

static void by_sendto_same(void) {
    sendto(connected, "x", 1, 0, (struct sockaddr *)&there, sizeof there);
}

static void by_all_three(void) {
    connect(restless, (struct sockaddr *)&there, sizeof there);
    send(restless, "x", 1, 0);
    dissolve(restless);
}

int main(void) {
    there = at(LO, 7001);
    udp_at(LO, 7001); /* reads nothing: its queue is soon full, and what each way costs ends there */
    connected = udp_to(LO, 7001), unconnected = udp(), restless = udp();
    double to = ratio(by_sendto, by_send, BATCH), same = ratio(by_sendto_same, by_send, BATCH),
           all = ratio(by_all_three, by_send, BATCH);
    printf("in order of what they cost: %s\n", yes(1 < to && to < all && 1 < same && same < all));
    printf("sendto with the same address is as dear as an unconnected sendto: %s\n",
           yes(same / to > 0.85 && same / to < 1.15));
    printf("connect, send, dissolve is the dearest, more than half as much again: %s\n", yes(all > 1.5));
    printf("note: send 1.00, sendto %.2f, sendto with the same address %.2f, connect, send, dissolve %.2f\n", to, same,
           all);
}
