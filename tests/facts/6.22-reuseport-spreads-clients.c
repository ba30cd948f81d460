/* 6.22 SO_REUSEPORT spreads clients, not datagrams
 * verdict  True
 * text     400 clients, four sockets, each gets about a quarter: yes
 *          one client, 40 datagrams: all to the same socket
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    int servers[4], got[4], fewest = 400, all_of_one = 0;
    for (int i = 0; i < 4; i++) {
        servers[i] = udp();
        set(servers[i], SOL_SOCKET, SO_REUSEPORT, 1);
        must("bind", bind_to(servers[i], LO, 7001));
    }
    for (int i = 0; i < 400; i++) {
        int client = udp();
        send_to(client, "x", LO, 7001);
        close(client);
    }
    for (int i = 0; i < 4; i++) {
        got[i] = drain(servers[i]);
        fewest = got[i] < fewest ? got[i] : fewest;
    }
    printf("400 clients, four sockets, each gets about a quarter: %s\n", yes(fewest > 60));
    printf("note: %d %d %d %d\n", got[0], got[1], got[2], got[3]);

    int client = udp();
    for (int i = 0; i < 40; i++)
        send_to(client, "x", LO, 7001);
    for (int i = 0; i < 4; i++)
        all_of_one += drain(servers[i]) == 40;
    printf("one client, 40 datagrams: %s\n", all_of_one == 1 ? "all to the same socket" : "spread");
}
