/* 6.2 A buffer that is too small loses the rest
 * verdict  Worth knowing
 * text     10 bytes, room for 4: recv returns 4
 *          the next recv: nothing
 *          recvmsg says MSG_TRUNC: yes
 *          recv with MSG_TRUNC returns the whole length: 10
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    int server = udp_at(LO, 7001), client = udp_to(LO, 7001);
    char buffer[4];
    send(client, "0123456789", 10, 0);
    await(server, PATIENCE);
    printf("10 bytes, room for 4: recv returns %zd\n", recv(server, buffer, sizeof buffer, MSG_DONTWAIT));
    printf("the next recv: %s\n", hear(server));

    send(client, "0123456789", 10, 0);
    struct iovec room = {buffer, sizeof buffer};
    struct msghdr message = {.msg_iov = &room, .msg_iovlen = 1};
    await(server, PATIENCE);
    must("recvmsg", recvmsg(server, &message, MSG_DONTWAIT));
    printf("recvmsg says MSG_TRUNC: %s\n", yes(message.msg_flags & MSG_TRUNC));

    send(client, "0123456789", 10, 0);
    await(server, PATIENCE);
    printf("recv with MSG_TRUNC returns the whole length: %zd\n",
           recv(server, buffer, sizeof buffer, MSG_DONTWAIT | MSG_TRUNC));
}
