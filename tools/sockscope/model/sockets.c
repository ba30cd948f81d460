/**
 * @file
 * The life of a socket: bound, connected, connected again, dissolved.
 */
#include "sockets.h"

#include <string.h>

void socket_change(struct recording *r, uint32_t socket, uint32_t local, uint32_t peer, int64_t time) {
    struct socket *s = &r->sockets[socket];

    r->endpoints = grow(r->endpoints, r->endpoint_count, &r->endpoint_capacity, sizeof *r->endpoints);
    uint32_t number = (uint32_t)r->endpoint_count++;
    r->endpoints[number] = (struct endpoint){
        .begin = time, .end = INT64_MAX, .socket = socket, .local = local, .peer = peer, .next = NO_INDEX};
    if (s->first == NO_INDEX) {
        s->first = number;
    } else {
        r->endpoints[s->current].end = time;
        r->endpoints[s->current].next = number;
    }
    s->current = number;
}

void socket_learn(struct recording *r, uint32_t socket, const struct address *local) {
    r->endpoints[r->sockets[socket].current].local = address_number(r, local);
}

static bool is_datagram(const struct recording *r, const struct socket *s) {
    return strcmp(text_of(r, s->type), "TCP") != 0;
}

/** The kernel gives a socket without a port one when it first needs it: the number is not known yet. */
static struct address any_address(const struct socket *s) {
    return (struct address){.kind = s->ipv6 ? ADDRESS_IPV6 : ADDRESS_IPV4, .has_port = 1};
}

void socket_bound(struct recording *r, uint32_t socket, const struct address *to, int64_t time) {
    struct socket *s = &r->sockets[socket];
    const struct endpoint *e = &r->endpoints[s->current];

    if (!to->has_port)
        return;
    s->address_locked = !address_is_any(to);
    s->port_locked = to->port != 0;
    socket_change(r, socket, address_number(r, to), e->peer, time);
}

/** What is left of the local address when an association is dissolved (it depends on what bind() chose). */
static uint32_t dissolved_local(struct recording *r, const struct socket *s, const struct address *local) {
    struct address left = any_address(s);

    if (s->address_locked)
        memcpy(left.ip, local->ip, sizeof left.ip);
    if (s->port_locked)
        left.port = local->port;
    return s->address_locked || s->port_locked ? address_number(r, &left) : 0;
}

/** The peer that the kernel makes of the address given to connect(): 0.0.0.0 and :: are this host. */
static struct address peer_of(struct address to) {
    static const uint8_t ipv4[4] = {127, 0, 0, 1};
    struct address plain = address_unmapped(to);

    if (!address_is_any(&plain))
        return to;
    if (plain.kind == ADDRESS_IPV4)
        memcpy(to.kind == ADDRESS_IPV4 ? to.ip : to.ip + 12, ipv4, sizeof ipv4);
    else
        to.ip[15] = 1;
    return to;
}

/** Loopback's own address, in the form of the peer: 127.0.0.1 also for 127.0.0.2. */
static void take_loopback(struct address *local, const struct address *peer) {
    static const uint8_t ipv4[4] = {127, 0, 0, 1};

    memcpy(local->ip, peer->ip, sizeof local->ip);
    if (peer->kind == ADDRESS_IPV4)
        memcpy(local->ip, ipv4, sizeof ipv4);
    else if (address_unmapped(*peer).kind == ADDRESS_IPV4)
        memcpy(local->ip + 12, ipv4, sizeof ipv4);
}

void socket_connected(struct recording *r, uint32_t socket, const struct address *given, int64_t time) {
    struct socket *s = &r->sockets[socket];
    const struct address peer = peer_of(*given);
    const struct address *to = &peer;
    struct address local = *address_of(r, r->endpoints[s->current].local);

    if (to->kind == ADDRESS_UNSPEC) {
        socket_change(r, socket, dissolved_local(r, s, &local), 0, time);
        return;
    }
    if (!to->has_port)
        return;
    if (local.kind == ADDRESS_NONE)
        local = any_address(s);
    // connect() also picks the local address. For loopback it is known; else a packet or a description tells it.
    struct address plain = address_unmapped(*to);
    if (address_is_any(&local) && local.kind == to->kind && address_is_loopback(&plain))
        take_loopback(&local, to);
    socket_change(r, socket, address_number(r, &local), address_number(r, to), time);
}

void socket_sent(struct recording *r, uint32_t socket, const struct address *to, int64_t time) {
    struct socket *s = &r->sockets[socket];
    const struct endpoint *e = &r->endpoints[s->current];

    // The first datagram of an unbound socket binds it to a port of the kernel's choice.
    if (!to->has_port || !is_datagram(r, s) || address_of(r, e->local)->port != 0)
        return;
    struct address local = *address_of(r, e->local);
    if (local.kind == ADDRESS_NONE)
        local = any_address(s);
    socket_change(r, socket, address_number(r, &local), e->peer, time);
}
