/* 6.11 A slow receiver loses datagrams silently
 * verdict  True
 * text     1000 sends, all ok: yes
 *          delivered: 256
 *          RcvbufErrors: 744
 *          the sender's pending error: 0
 *          the receiver is told (SO_RXQ_OVFL), with the next datagram that finds room: 744
 * needs    network
 */
#include "fact.h"

/* How many were dropped before this datagram, as the kernel tells the receiver. */
static unsigned dropped_before(int server) {
    char byte, control[100];
    struct iovec room = {&byte, 1};
    struct msghdr message = {
        .msg_iov = &room, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
    await(server, PATIENCE);
    must("recvmsg", recvmsg(server, &message, MSG_DONTWAIT));
    struct cmsghdr *cmsg = CMSG_FIRSTHDR(&message);
    unsigned count = 0;
    if (cmsg && cmsg->cmsg_type == SO_RXQ_OVFL)
        memcpy(&count, CMSG_DATA(cmsg), sizeof count);
    return count;
}

int main(void) {
    int server = udp_at(LO, 7001), client = udp_to(LO, 7001), ok = 0;
    set(server, SOL_SOCKET, SO_RXQ_OVFL, 1);
    long lost = counter("Udp:", "RcvbufErrors");
    for (int i = 0; i < 1000; i++)
        ok += send(client, "x", 1, 0) == 1;
    printf("1000 sends, all ok: %s\n", yes(ok == 1000));
    printf("delivered: %d\n", drain(server));
    printf("RcvbufErrors: %ld\n", counter("Udp:", "RcvbufErrors") - lost);
    printf("the sender's pending error: %d\n", get(client, SOL_SOCKET, SO_ERROR));
    send(client, "x", 1, 0);
    printf("the receiver is told (SO_RXQ_OVFL), with the next datagram that finds room: %u\n", dropped_before(server));
}
