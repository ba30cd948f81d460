/* 1.15 connect is never refused
 * verdict  False
 * text     connect to a dead port: ok
 *          packets that left: 0
 *          pending error: 0
 * needs    network
 */
#include "fact.h"

int main(void) {
    int client = udp();
    long before = counter("Ip:", "OutRequests");
    printf("connect to a dead port: %s\n", outcome(connect_to(client, LO, NOBODY)));
    printf("packets that left: %ld\n", counter("Ip:", "OutRequests") - before);
    printf("pending error: %d\n", get(client, SOL_SOCKET, SO_ERROR));
}
