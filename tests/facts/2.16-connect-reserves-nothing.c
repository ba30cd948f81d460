/* 2.16 connect reserves nothing
 * verdict  True, but
 * text     ann and bea connect to one server: ok, ok
 *          it hears both: from ann, from bea
 *          and answers whom it likes: hello stranger
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    int server = udp_at(LO, 7001), stranger = udp_at(LO, 7002), ann = udp(), bea = udp();
    const char *first = outcome(connect_to(ann, LO, 7001));
    printf("ann and bea connect to one server: %s, %s\n", first, outcome(connect_to(bea, LO, 7001)));

    send(ann, "from ann", 8, 0);
    send(bea, "from bea", 8, 0);
    first = hear(server);
    printf("it hears both: %s, %s\n", first, hear(server));

    send_to(server, "hello stranger", LO, 7002);
    printf("and answers whom it likes: %s\n", hear(stranger));
}
