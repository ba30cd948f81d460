/* 2.8 recvfrom with a length of 0 stores nothing
 * verdict  False
 * text     recvfrom: ok
 *          the length afterwards: 16
 *          the address: untouched
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    int server = udp_at(LO, 7001), client = udp();
    send_to(client, "x", LO, 7001);

    char byte;
    struct sockaddr_in from, before;
    memset(&before, 0xaa, sizeof before);
    from = before;
    await(server, PATIENCE);
    socklen_t length = 0; /* meant: I do not know it yet. read: there is no room. */
    printf("recvfrom: %s\n", outcome(recvfrom(server, &byte, 1, MSG_DONTWAIT, (struct sockaddr *)&from, &length)));
    printf("the length afterwards: %u\n", length);
    printf("the address: %s\n", memcmp(&from, &before, sizeof from) == 0 ? "untouched" : "stored");
}
