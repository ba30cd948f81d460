/* 4.9 bind was not checked
 * verdict  Mistake
 * text     a second server, bind: EADDRINUSE
 *          it goes on with a socket at: 0.0.0.0:0
 *          a client writes; the second server hears: nothing
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    int first = udp_at("0.0.0.0", 7001), second = udp(), client = udp();
    printf("a second server, bind: %s\n", outcome(bind_to(second, "0.0.0.0", 7001)));
    printf("it goes on with a socket at: %s\n", local(second));
    send_to(client, "x", LO, 7001);
    printf("a client writes; the second server hears: %s\n", hear(second));
    close(first);
}
