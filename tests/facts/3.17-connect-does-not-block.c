/* 3.17 connect does not block
 * verdict  False
 * text     connect to a machine that is off: ok
 *          in less than a millisecond: yes
 * needs    LAN
 */
#include "fact.h"

int main(void) {
    on("alice");
    double best = 1e9;
    const char *said = NULL;
    for (int i = 0; i < 20; i++) { /* on a busy machine, one of them is not interrupted */
        int client = udp();
        struct timespec begin, end;
        clock_gettime(CLOCK_MONOTONIC, &begin);
        said = outcome(connect_to(client, "10.0.0.77", 7001));
        clock_gettime(CLOCK_MONOTONIC, &end);
        double took = (double)(end.tv_sec - begin.tv_sec) * 1e6 + (double)(end.tv_nsec - begin.tv_nsec) / 1e3;
        best = took < best ? took : best;
    }
    printf("connect to a machine that is off: %s\n", said);
    printf("in less than a millisecond: %s\n", yes(best < 1000));
    printf("note: in %.1f microseconds\n", best);
}
