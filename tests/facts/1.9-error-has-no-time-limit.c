/* 1.9 A waiting error has no time limit
 * verdict  False
 * text     send to nobody: ok
 *          two seconds later there is a server; send: ECONNREFUSED
 *          send once more: ok
 *          what the server received: arrives, and no more: nothing
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    int client = udp_to(LO, NOBODY);
    printf("send to nobody: %s\n", outcome(send(client, "x", 1, 0)));
    sleep(2);
    int server = udp_at(LO, NOBODY);
    printf("two seconds later there is a server; send: %s\n", outcome(send(client, "lost", 4, 0)));
    printf("send once more: %s\n", outcome(send(client, "arrives", 7, 0)));
    const char *first = hear(server);
    printf("what the server received: %s, and no more: %s\n", first, hear(server));
}
