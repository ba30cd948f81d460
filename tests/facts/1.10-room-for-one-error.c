/* 1.10 There is room for one error only
 * verdict  False
 * text     nine sends to a dead port, datagrams that left: 5
 *          recv: ECONNREFUSED, then nothing
 *          with IP_RECVERR, errors in the queue: 5
 * needs    network
 */
#include "fact.h"

static void send_nine(int client) {
    for (int i = 0; i < 9; i++)
        send(client, "x", 1, 0);
}

int main(void) {
    int plain = udp_to(LO, NOBODY);
    long before = counter("Udp:", "OutDatagrams");
    send_nine(plain);
    printf("nine sends to a dead port, datagrams that left: %ld\n", counter("Udp:", "OutDatagrams") - before);
    const char *first = hear(plain);
    printf("recv: %s, then %s\n", first, hear(plain));

    int with_queue = udp_to(LO, NOBODY);
    set(with_queue, IPPROTO_IP, IP_RECVERR, 1);
    send_nine(with_queue);
    int entries = 0;
    while (recvmsg(with_queue, &(struct msghdr){0}, MSG_ERRQUEUE) >= 0)
        entries++;
    printf("with IP_RECVERR, errors in the queue: %d\n", entries);
}
