/* 1.4 Fatal errors do not reach an unconnected socket by default
 * verdict  False
 * text     unconnected: sendto ok, ok; recv nothing
 *          connected: send ok; recv ECONNREFUSED
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    /* udp(7): all fatal errors are returned to the user, even when the socket is not connected. */
    int unconnected = udp();
    const char *first = outcome(send_to(unconnected, "x", LO, NOBODY));
    const char *second = outcome(send_to(unconnected, "x", LO, NOBODY));
    printf("unconnected: sendto %s, %s; recv %s\n", first, second, hear(unconnected));

    int connected = udp_to(LO, NOBODY);
    const char *sent = outcome(send(connected, "x", 1, 0));
    printf("connected: send %s; recv %s\n", sent, hear(connected));
}
