/* 7.5 The receiver saves, too
 * verdict  Worth knowing
 * text     20 datagrams to an unconnected receiver, look-ups of the incoming route: 20
 *          20 datagrams to a connected receiver: 1
 * needs    root
 */
#include "tracing.h"

int main(void) {
    /* On loopback a datagram keeps the route that it left by, and nobody looks it up again: so there are two hosts. */
    shell("mount -t tmpfs none /run && ip netns add bob && ip link add eth0 type veth peer name eth0 netns "
          "bob");
    shell("ip addr add 10.0.0.1/24 dev eth0 && ip link set eth0 up && ip link set lo up");
    shell("ip -n bob addr add 10.0.0.2/24 dev eth0 && ip -n bob link set eth0 up");
    await_link("bob", "eth0");
    int unconnected_sender = udp_at("10.0.0.1", 7003), connected_sender = udp_at("10.0.0.1", 7004);
    must("connect", connect_to(unconnected_sender, "10.0.0.2", 7001));
    must("connect", connect_to(connected_sender, "10.0.0.2", 7002)); /* both are connected: sending looks up nothing */
    on("bob");
    int unconnected = udp_at("10.0.0.2", 7001), connected = udp_at("10.0.0.2", 7002);
    must("connect", connect_to(connected, "10.0.0.1", 7004));
    send(unconnected_sender, "x", 1, 0);
    hear(unconnected); /* the neighbour is known from here on */

    trace("fib/fib_table_lookup");
    for (int i = 0; i < 20; i++) {
        send(unconnected_sender, "x", 1, 0);
        hear(unconnected);
    }
    printf("20 datagrams to an unconnected receiver, look-ups of the incoming route: %d\n", passed("fib_table_lookup"));
    for (int i = 0; i < 20; i++) {
        send(connected_sender, "x", 1, 0);
        hear(connected);
    }
    printf("20 datagrams to a connected receiver: %d\n", passed("fib_table_lookup"));
}
