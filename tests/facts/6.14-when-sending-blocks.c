/* 6.14 When sending blocks
 * verdict  True, but
 * text     2000 sends with a small buffer, on loopback: 2000 ok
 *          on the LAN: 2000 ok
 *          to a neighbour that is still looked for: a few ok, then EAGAIN
 * needs    LAN
 */
#include "fact.h"

static int sends_ok(const char *address, int most) {
    static char text[1000];
    int client = udp_to(address, 7001), ok = 0;
    set(client, SOL_SOCKET, SO_SNDBUF, 5000);
    while (ok < most && send(client, text, sizeof text, MSG_DONTWAIT) > 0)
        ok++;
    return ok;
}

int main(void) {
    on("bob");
    int server = udp_at("10.0.0.2", 7001), warm_up;
    on("alice");
    udp_at(LO, 7001);
    warm_up = udp_to("10.0.0.2", 7001);
    send(warm_up, "x", 1, 0);
    hear(server); /* the neighbour is known from here on */

    printf("2000 sends with a small buffer, on loopback: %d ok\n", sends_ok(LO, 2000));
    printf("on the LAN: %d ok\n", sends_ok("10.0.0.2", 2000));
    int ok = sends_ok("10.0.0.77", 2000);
    const char *said = outcome(-1);
    printf("to a neighbour that is still looked for: %s ok, then %s\n", ok > 0 && ok < 20 ? "a few" : "many", said);
    printf("note: %d datagrams of 1000 bytes\n", ok);
}
