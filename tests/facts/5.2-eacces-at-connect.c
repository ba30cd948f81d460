/* 5.2 EACCES comes at connect, or at sendto
 * verdict  True, but
 * text     10.0.0.255: connect EACCES, sendto EACCES
 *          127.255.255.255: connect EACCES, sendto EACCES
 *          10.0.0.0, the lowest address: connect ok
 *          with SO_BROADCAST, 10.0.0.255: connect ok, send ok
 * needs    LAN
 */
#include "fact.h"

int main(void) {
    static const char *const broadcast[] = {"10.0.0.255", "127.255.255.255"};
    on("alice");
    for (int i = 0; i < 2; i++) {
        const char *said = outcome(connect_to(udp(), broadcast[i], 7001));
        printf("%s: connect %s, sendto %s\n", broadcast[i], said, outcome(send_to(udp(), "x", broadcast[i], 7001)));
    }
    printf("10.0.0.0, the lowest address: connect %s\n", outcome(connect_to(udp(), "10.0.0.0", 7001)));

    int allowed = udp();
    set(allowed, SOL_SOCKET, SO_BROADCAST, 1);
    const char *said = outcome(connect_to(allowed, "10.0.0.255", 7001));
    printf("with SO_BROADCAST, 10.0.0.255: connect %s, send %s\n", said, outcome(send(allowed, "x", 1, 0)));
}
