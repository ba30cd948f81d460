/* 1.17 The error comes from the host where the datagram arrived
 * verdict  False
 * text     datagrams that bob's UDP could not deliver: 1
 *          port unreachable sent by bob: 1
 *          who complained, says alice's error queue: 10.0.0.2
 * needs    LAN
 */
#include "fact.h"

int main(void) {
    on("bob");
    long undelivered = counter("Udp:", "NoPorts"), errors = counter("Icmp:", "OutDestUnreachs");
    on("alice");
    int client = udp_to("10.0.0.2", NOBODY);
    set(client, IPPROTO_IP, IP_RECVERR, 1);
    send(client, "x", 1, 0);
    hear(client); /* until the error is there */

    on("bob");
    printf("datagrams that bob's UDP could not deliver: %ld\n", counter("Udp:", "NoPorts") - undelivered);
    printf("port unreachable sent by bob: %ld\n", counter("Icmp:", "OutDestUnreachs") - errors);

    char control[200];
    struct msghdr message = {.msg_control = control, .msg_controllen = sizeof control};
    must("MSG_ERRQUEUE", recvmsg(client, &message, MSG_ERRQUEUE));
    struct sock_extended_err *error = (void *)CMSG_DATA(CMSG_FIRSTHDR(&message));
    struct sockaddr_in *offender = (void *)SO_EE_OFFENDER(error);
    printf("who complained, says alice's error queue: %s\n", inet_ntoa(offender->sin_addr));
}
