/* 6.30 And then the answer comes from the other address
 * verdict  Worth knowing
 * text     asked at 10.0.0.22, bob's server on all addresses answers
 *          an unconnected client hears: reply, from 10.0.0.2:7001
 *          a connected one hears: nothing
 *          with IP_PKTINFO: reply, from 10.0.0.22:7001
 * needs    LAN
 */
#include "fact.h"

static int server;

static void answer(void) {
    struct sockaddr_in from;
    hear_from(server, &from);
    sendto(server, "reply", 5, 0, (struct sockaddr *)&from, sizeof from);
}

/* The same, from the address that was asked. */
static void answer_from_asked_address(void) {
    struct sockaddr_in from;
    char text[10] = "", control[100];
    struct iovec room = {text, sizeof text};
    struct msghdr message = {&from, sizeof from, &room, 1, control, sizeof control, 0};
    await(server, PATIENCE);
    must("recvmsg", recvmsg(server, &message, MSG_DONTWAIT));
    struct in_pktinfo *asked = (void *)CMSG_DATA(CMSG_FIRSTHDR(&message));
    asked->ipi_spec_dst = asked->ipi_addr;
    asked->ipi_ifindex = 0;
    room = (struct iovec){"reply", 5};
    must("sendmsg", sendmsg(server, &message, 0));
}

int main(void) {
    on("bob");
    shell("ip addr add 10.0.0.22/24 dev eth0");
    server = udp_at("0.0.0.0", 7001);
    on("alice");
    int unconnected = udp(), connected = udp_to("10.0.0.22", 7001);
    struct sockaddr_in from = {0};
    printf("asked at 10.0.0.22, bob's server on all addresses answers\n");

    send_to(unconnected, "question", "10.0.0.22", 7001);
    answer();
    const char *heard = hear_from(unconnected, &from);
    printf("an unconnected client hears: %s, from %s\n", heard, address_text(from));
    send(connected, "question", 8, 0);
    answer();
    printf("a connected one hears: %s\n", hear(connected));

    set(server, IPPROTO_IP, IP_PKTINFO, 1);
    send(connected, "question", 8, 0);
    answer_from_asked_address();
    heard = hear_from(connected, &from);
    printf("with IP_PKTINFO: %s, from %s\n", heard, address_text(from));
}
