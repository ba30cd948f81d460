/* 5.4 The permission is asked for once
 * verdict  False
 * text     connected with SO_BROADCAST, then the option is cleared
 *          send: ok
 *          sendto the same address: EACCES
 * needs    network
 */
#include "fact.h"

int main(void) {
    int client = udp();
    set(client, SOL_SOCKET, SO_BROADCAST, 1);
    must("connect", connect_to(client, "127.255.255.255", 7001));
    set(client, SOL_SOCKET, SO_BROADCAST, 0);
    printf("connected with SO_BROADCAST, then the option is cleared\n");
    printf("send: %s\n", outcome(send(client, "x", 1, 0)));
    printf("sendto the same address: %s\n", outcome(send_to(client, "x", "127.255.255.255", 7001)));
}
