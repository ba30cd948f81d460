/* 2.9 Without connect, the port finds the socket
 * verdict  Worth knowing
 * text     before the first sendto: 0.0.0.0:0
 *          after it: 0.0.0.0:ephemeral
 *          whoever writes to that port is heard: reply, stranger
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    int server = udp_at(LO, 7001), stranger = udp_at("127.0.0.2", 7002), client = udp();
    printf("before the first sendto: %s\n", local(client));
    send_to(client, "question", LO, 7001);
    printf("after it: %s\n", local(client));

    send_to(server, "reply", LO, port_of(client));
    send_to(stranger, "stranger", LO, port_of(client));
    const char *first = hear(client);
    printf("whoever writes to that port is heard: %s, %s\n", first, hear(client));
}
