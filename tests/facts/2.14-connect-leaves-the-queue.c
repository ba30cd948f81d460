/* 2.14 connect does not empty the queue
 * verdict  False
 * text     two clients have written; the server reads: from ann
 *          it connects to ann, and reads: from bea
 *          bea writes again; it reads: nothing
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    int server = udp_at(LO, 7001), ann = udp_at(LO, 7002), bea = udp_at(LO, 7003);
    send_to(ann, "from ann", LO, 7001);
    send_to(bea, "from bea", LO, 7001);
    printf("two clients have written; the server reads: %s\n", hear(server));
    connect_to(server, LO, 7002);
    printf("it connects to ann, and reads: %s\n", hear(server));
    send_to(bea, "again", LO, 7001);
    printf("bea writes again; it reads: %s\n", hear(server));
}
