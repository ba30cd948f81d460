/* 3.19 TCP's connect sends, UDP's does not
 * verdict  True
 * text     UDP, connect to a dead port: ok, packets that left: 0
 *          TCP, connect to a dead port: ECONNREFUSED, packets that left: 2
 *          TCP, connect to a listening port: ok, packets that left: 3
 * needs    network
 */
#include "fact.h"

/* On loopback both sides are counted: SYN and RST, or SYN, SYN-ACK and ACK. */
static void try(const char *what, int type, int port) {
    int client = (int)must("socket", socket(AF_INET, type, 0));
    long before = counter("Ip:", "OutRequests");
    const char *said = outcome(connect_to(client, LO, port));
    printf("%s: %s, packets that left: %ld\n", what, said, counter("Ip:", "OutRequests") - before);
}

int main(void) {
    int server = (int)must("socket", socket(AF_INET, SOCK_STREAM, 0));
    must("bind", bind_to(server, LO, 7001));
    must("listen", listen(server, 5));
    try("UDP, connect to a dead port", SOCK_DGRAM, NOBODY);
    try("TCP, connect to a dead port", SOCK_STREAM, NOBODY);
    try("TCP, connect to a listening port", SOCK_STREAM, 7001);
}
