/* 1.23 A closed socket tells nobody
 * verdict  False
 * text     packets that close sends, with an unread datagram in the queue: 0
 *          recv: nothing
 *          send: ok, then recv: ECONNREFUSED
 *          a new server; send: ok, received: again
 * needs    network
 */
#include "fact.h"

int main(void) {
    int server = udp_at(LO, 7001), client = udp_to(LO, 7001);
    send(client, "unread", 6, 0);
    long before = counter("Ip:", "OutRequests");
    close(server);
    printf("packets that close sends, with an unread datagram in the queue: %ld\n",
           counter("Ip:", "OutRequests") - before);
    printf("recv: %s\n", hear(client));

    const char *sent = outcome(send(client, "x", 1, 0));
    printf("send: %s, then recv: %s\n", sent, hear(client));
    server = udp_at(LO, 7001);
    sent = outcome(send(client, "again", 5, 0));
    printf("a new server; send: %s, received: %s\n", sent, hear(server));
}
