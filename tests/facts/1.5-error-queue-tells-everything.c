/* 1.5 The error queue tells everything
 * verdict  True
 * text     errno: ECONNREFUSED
 *          from: ICMP, type 3, code 3
 *          who complained: 127.0.0.1
 *          where the datagram was to go: 127.0.0.1:7009
 *          what it said: abc
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    int client = udp();
    set(client, IPPROTO_IP, IP_RECVERR, 1);
    send_to(client, "abc", LO, NOBODY);

    struct sockaddr_in destination;
    char payload[10] = "", control[200];
    struct iovec room = {payload, sizeof payload - 1};
    struct msghdr message = {&destination, sizeof destination, &room, 1, control, sizeof control, 0};
    must("MSG_ERRQUEUE", recvmsg(client, &message, MSG_ERRQUEUE));

    struct sock_extended_err *error = (void *)CMSG_DATA(CMSG_FIRSTHDR(&message));
    struct sockaddr_in *offender = (void *)SO_EE_OFFENDER(error);
    printf("errno: %s\n", strerrorname_np((int)error->ee_errno));
    printf("from: %s, type %d, code %d\n", error->ee_origin == SO_EE_ORIGIN_ICMP ? "ICMP" : "elsewhere", error->ee_type,
           error->ee_code);
    printf("who complained: %s\n", inet_ntoa(offender->sin_addr));
    printf("where the datagram was to go: %s\n", address_text(destination));
    printf("what it said: %s\n", payload);
}
