/* 1.8 Who only sends is refused every second time
 * verdict  Worth knowing
 * text     ok ECONNREFUSED ok ECONNREFUSED ok ECONNREFUSED
 *          datagrams that left: 3
 * needs    network
 */
#include "fact.h"

int main(void) {
    int client = udp_to(LO, NOBODY);
    long before = counter("Udp:", "OutDatagrams");
    for (int i = 0; i < 6; i++)
        printf("%s%s", outcome(send(client, "x", 1, 0)), i < 5 ? " " : "\n");
    printf("datagrams that left: %ld\n", counter("Udp:", "OutDatagrams") - before);
}
