/* 2.10 sendto remembers nothing for recvfrom
 * verdict  False
 * text     sendto 127.0.0.5:7001: ok
 *          getpeername: ENOTCONN
 *          received: reply, from 127.0.0.1:7001
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    int server = udp_at("0.0.0.0", 7001), client = udp();
    struct sockaddr_in from = {0};
    printf("sendto 127.0.0.5:7001: %s\n", outcome(send_to(client, "question", "127.0.0.5", 7001)));
    printf("getpeername: %s\n", peer(client));

    send_to(server, "reply", LO, port_of(client)); /* the server's own address is 127.0.0.1 now */
    const char *heard = hear_from(client, &from);
    printf("received: %s, from %s\n", heard, address_text(from));
}
