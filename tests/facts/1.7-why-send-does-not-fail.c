/* 1.7 Why send itself does not fail
 * verdict  Worth knowing
 * text     first send: ok
 *          the error is there at once: yes
 *          second send: ECONNREFUSED
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    int client = udp_to(LO, NOBODY);
    printf("first send: %s\n", outcome(send(client, "x", 1, 0)));

    struct pollfd ask = {.fd = client, .events = 0};
    poll(&ask, 1, 0); /* does not wait */
    printf("the error is there at once: %s\n", yes(ask.revents & POLLERR));

    printf("second send: %s\n", outcome(send(client, "x", 1, 0)));
}
