/* 3.8 What bind asked for stays
 * verdict  True, but
 * text     bind 0.0.0.0:7777, connect: 127.0.0.1:7777, dissolve: 0.0.0.0:7777
 *          bind 127.0.0.1:7778, connect: 127.0.0.1:7778, dissolve: 127.0.0.1:7778
 *          bind 127.0.0.1:0, connect: 127.0.0.1:ephemeral, dissolve: 127.0.0.1:0
 * needs    loopback
 */
#include "fact.h"

static void try(const char *address, int port) {
    int client = udp_at(address, port);
    connect_to(client, LO, 7001);
    const char *connected = local(client);
    dissolve(client);
    printf("bind %s:%d, connect: %s, dissolve: %s\n", address, port, connected, local(client));
}

int main(void) {
    try("0.0.0.0", 7777);
    try(LO, 7778);
    try(LO, 0);
}
