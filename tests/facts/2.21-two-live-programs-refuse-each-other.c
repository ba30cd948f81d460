/* 2.21 Two live programs refuse each other
 * verdict  Worth knowing
 * text     the server hears: hello
 *          it connects back, and is now: 127.0.0.1:7001
 *          it replies, and hears: ECONNREFUSED
 *          the client, whose peer is 127.0.0.5:7001, hears: nothing
 *          it writes again, and hears: ECONNREFUSED
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    int server = udp_at("0.0.0.0", 7001), client = udp_to("127.0.0.5", 7001);
    struct sockaddr_in from;
    send(client, "hello", 5, 0);
    printf("the server hears: %s\n", hear_from(server, &from));
    must("connect", connect(server, (struct sockaddr *)&from, sizeof from));
    printf("it connects back, and is now: %s\n", local(server));

    send(server, "reply", 5, 0);
    printf("it replies, and hears: %s\n", hear(server));
    const char *whose = peer(client);
    printf("the client, whose peer is %s, hears: %s\n", whose, hear(client));
    send(client, "again", 5, 0);
    printf("it writes again, and hears: %s\n", hear(client));
}
