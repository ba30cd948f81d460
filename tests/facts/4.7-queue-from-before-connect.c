/* 4.7 The queue from before connect
 * verdict  Mistake
 * text     ann, the first client, receives: Hi, ann and Hi, my password
 *          bea, the second, receives: nothing
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    int server = udp_at(LO, 7001), ann = udp_to(LO, 7001), bea = udp_to(LO, 7001);
    struct sockaddr_in from;
    char reply[120];
    send(ann, "ann", 3, 0);
    send(bea, "my password", 11, 0); /* comes before the server connects to ann */

    snprintf(reply, sizeof reply, "Hi, %s", hear_from(server, &from));
    must("connect", connect(server, (struct sockaddr *)&from, sizeof from));
    send(server, reply, strlen(reply), 0);
    snprintf(reply, sizeof reply, "Hi, %s", hear(server)); /* and is taken for ann's second line */
    send(server, reply, strlen(reply), 0);

    const char *first = hear(ann);
    printf("ann, the first client, receives: %s and %s\n", first, hear(ann));
    printf("bea, the second, receives: %s\n", hear(bea));
}
