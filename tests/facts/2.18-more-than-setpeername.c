/* 2.18 connect is more than setpeername
 * verdict  True, but
 * text     before: local 0.0.0.0:0, peer ENOTCONN, IP_MTU ENOTCONN
 *          after: local 127.0.0.1:ephemeral, peer 127.0.0.1:7001, IP_MTU ok
 *          a datagram to its port at 127.0.0.2 now finds: nobody
 * needs    network
 */
#include "fact.h"

static void describe(const char *when, int fd) {
    int mtu;
    socklen_t length = sizeof mtu;
    const char *mine = local(fd), *theirs = peer(fd);
    printf("%s: local %s, peer %s, IP_MTU %s\n", when, mine, theirs,
           outcome(getsockopt(fd, IPPROTO_IP, IP_MTU, &mtu, &length)));
}

int main(void) {
    int server = udp_at(LO, 7001), client = udp();
    describe("before", client);
    connect_to(client, LO, 7001);
    describe("after", client);

    long refused = counter("Udp:", "NoPorts");
    send_to(server, "x", "127.0.0.2", port_of(client)); /* its local address is 127.0.0.1, and no other */
    printf("a datagram to its port at 127.0.0.2 now finds: %s\n",
           counter("Udp:", "NoPorts") > refused ? "nobody" : "the socket");
}
