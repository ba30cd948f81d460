/* 2.5 A zeroed address is not "no address"
 * verdict  False
 * text     an address of zeroes: EINVAL
 *          a null pointer: ok
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    udp_at(LO, 7001);
    int client = udp_to(LO, 7001);
    struct sockaddr_in zeroes = {0};
    printf("an address of zeroes: %s\n", outcome(sendto(client, "x", 1, 0, (struct sockaddr *)&zeroes, sizeof zeroes)));
    printf("a null pointer: %s\n", outcome(sendto(client, "x", 1, 0, NULL, 0)));
}
