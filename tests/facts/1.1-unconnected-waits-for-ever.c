/* 1.1 An unconnected client without a server waits for ever
 * verdict  True
 * text     sendto: ok
 *          recvfrom, for a second: EAGAIN
 *          sendto: ok
 *          pending error: 0
 *          poll: room to write, nothing else: yes
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    int client = udp();
    char byte;
    struct timeval second = {.tv_sec = 1};
    setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &second, sizeof second);

    printf("sendto: %s\n", outcome(send_to(client, "x", LO, NOBODY)));
    printf("recvfrom, for a second: %s\n", outcome(recvfrom(client, &byte, 1, 0, NULL, NULL)));
    printf("sendto: %s\n", outcome(send_to(client, "x", LO, NOBODY)));
    printf("pending error: %d\n", get(client, SOL_SOCKET, SO_ERROR));

    struct pollfd ask = {.fd = client, .events = POLLIN | POLLOUT};
    poll(&ask, 1, 0);
    printf("poll: room to write, nothing else: %s\n", yes(ask.revents == POLLOUT));
}
