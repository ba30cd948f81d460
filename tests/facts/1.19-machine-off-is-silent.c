/* 1.19 A machine that is switched off is silent
 * verdict  False
 * text     connected, six seconds: nothing
 *          with IP_RECVERR: EHOSTUNREACH
 *          when ARP gave up, after about three seconds: yes
 * needs    LAN
 */
#include "fact.h"

int main(void) {
    on("alice");
    int plain = udp_to("10.0.0.77", 7001), asking = udp_to("10.0.0.78", 7001);
    set(asking, IPPROTO_IP, IP_RECVERR, 1);
    send(plain, "x", 1, 0);
    send(asking, "x", 1, 0);

    struct timespec begin, end;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    struct pollfd wait = {.fd = asking, .events = POLLIN};
    poll(&wait, 1, 20000);
    clock_gettime(CLOCK_MONOTONIC, &end);
    double seconds = (double)(end.tv_sec - begin.tv_sec) + (double)(end.tv_nsec - begin.tv_nsec) / 1e9;

    wait.fd = plain; /* it has had as long, and gets three seconds more */
    poll(&wait, 1, 3000);
    printf("connected, six seconds: %s\n", hear(plain));
    printf("with IP_RECVERR: %s\n", hear(asking));
    printf("when ARP gave up, after about three seconds: %s\n", yes(seconds > 2 && seconds < 6));
    printf("note: after %.2f seconds\n", seconds);
}
