/**
 * @file
 * Whose packet is it? The lane that sent a packet and the lane that got it, from the sockets' addresses at
 * that time.
 */
#include "../model/lookup.h"
#include "packets.h"

#include <stdlib.h>
#include <string.h>

enum {
    LOOK_BACK = 512, ///< events searched for the call that sent a packet, or the datagram that an ICMP quotes
};

static bool same_bytes(const struct event *a, const struct event *b) {
    uint32_t size = a->payload_size < b->payload_size ? a->payload_size : b->payload_size;
    return size == 0 || memcmp(a->payload, b->payload, size) == 0;
}

/** Tells whether a call was sending this packet when it passed. */
static bool was_sending(const struct recording *r, const struct event *e, const struct event *packet) {
    const struct call *c = &e->call;
    const struct packet *p = &packet->packet;

    if (e->kind != EVENT_CALL || c->endpoint == NO_INDEX || e->time > packet->time)
        return false;
    if (call_end(e) < packet->time)
        return false;
    struct address to = address_unmapped(*address_of(r, c->to ? c->to : r->endpoints[c->endpoint].peer));
    if (address_is_any(&to)) // to the kernel, 0.0.0.0 means this very machine
        memcpy(to.ip, address_of(r, p->dst)->ip, sizeof to.ip);
    if (!address_same_ip(&to, address_of(r, p->dst)) || to.port != address_of(r, p->dst)->port)
        return false;
    bool connects = p->proto == PROTO_TCP && strcmp(text_of(r, c->name), "connect") == 0;
    return connects || (c->is_out && e->payload_size >= packet->payload_size && same_bytes(e, packet));
}

/** Finds the call that sent a packet and learns from it which port the kernel had chosen. */
static uint32_t learn_port(struct index *x, size_t at) {
    struct recording *r = x->r;
    const struct event *packet = &r->events[at];
    size_t first = at > LOOK_BACK ? at - LOOK_BACK : 0;

    for (size_t i = at; i-- > first;) {
        const struct event *e = &r->events[i];
        if (!was_sending(r, e, packet) || !socket_on_host(r, call_socket(r, &e->call), packet->packet.from_host) ||
            !socket_carries(r, call_socket(r, &e->call), packet->packet.proto))
            continue;
        struct endpoint *end = &r->endpoints[e->call.endpoint];
        struct address local = *address_of(r, end->local);
        if (local.port != 0)
            continue;
        if (local.kind == ADDRESS_NONE)
            local.kind = call_socket(r, &e->call)->ipv6 ? ADDRESS_IPV6 : ADDRESS_IPV4;
        local.port = address_of(r, packet->packet.src)->port;
        local.has_port = 1;
        end->local = address_number(r, &local);
        x->next[e->call.endpoint] = x->first[local.port];
        x->first[local.port] = e->call.endpoint; // its old place, port 0, is never searched
        return e->call.endpoint;
    }
    return NO_INDEX;
}

/**
 * Finds a connected socket whose port is not known although it has sent: by calls that strace does not see, such as
 * those of io_uring. Only one that is alone can be meant.
 */
static uint32_t learn_connected(struct index *x, size_t at) {
    struct recording *r = x->r;
    const struct event *packet = &r->events[at];
    const struct packet *p = &packet->packet;
    uint32_t found = NO_INDEX;

    for (size_t i = 0; i < x->portless_count; i++) {
        const struct endpoint *e = &r->endpoints[x->portless[i]];
        const struct socket *s = &r->sockets[e->socket];
        struct address peer = address_unmapped(*address_of(r, e->peer));
        if (address_of(r, e->local)->port != 0 || !endpoint_alive(e, packet->time) ||
            !socket_on_host(r, s, p->from_host) || !socket_carries(r, s, p->proto) ||
            peer.port != address_of(r, p->dst)->port || !address_same_ip(&peer, address_of(r, p->dst)))
            continue;
        if (found != NO_INDEX)
            return NO_INDEX;
        found = x->portless[i];
    }
    if (found == NO_INDEX)
        return NO_INDEX;
    struct address local = *address_of(r, r->endpoints[found].local);
    local.port = address_of(r, p->src)->port;
    local.has_port = 1;
    r->endpoints[found].local = address_number(r, &local);
    return found;
}

/** A connected socket has one local address: its packets show which. */
static void learn_address(struct recording *r, uint32_t endpoint, const struct address *src) {
    struct endpoint *e = &r->endpoints[endpoint];
    const struct address *local = address_of(r, e->local);

    if (e->peer != 0 && address_is_any(local) && local->kind == src->kind)
        e->local = address_number(r, src);
}

static int16_t lane_of(const struct recording *r, uint32_t endpoint) {
    return endpoint == NO_INDEX ? LANE_NONE : r->sockets[r->endpoints[endpoint].socket].lane;
}

/** Marks the datagram that an ICMP message quotes: no socket accepted it. */
static void mark_refused(struct recording *r, size_t at, struct event quote) {
    size_t first = at > LOOK_BACK ? at - LOOK_BACK : 0;

    for (size_t i = at; i-- > first;) {
        struct event *e = &r->events[i];
        if (e->kind != EVENT_PACKET || e->packet.src != quote.packet.src || e->packet.dst != quote.packet.dst ||
            e->packet.proto != quote.packet.proto || e->packet.to_lane == LANE_NOBODY || !same_bytes(e, &quote))
            continue;
        e->packet.to_lane = LANE_NOBODY;
        return;
    }
}

static bool is_port_unreachable(const struct packet *p) {
    return (p->proto == PROTO_ICMP && p->type == 3 && p->code == 3) ||
           (p->proto == PROTO_ICMPV6 && p->type == 1 && p->code == 4);
}

static void own_icmp(struct index *x, struct event *e) {
    struct recording *r = x->r;
    struct packet *p = &e->packet;

    if (p->about == NO_INDEX)
        return;
    const struct packet *quote = &r->quotes[p->about].packet;
    struct address src = *address_of(r, quote->src);
    struct address dst = *address_of(r, quote->dst);
    p->from_lane = LANE_NOBODY;
    p->to_lane = lane_of(r, endpoint_owner(x, p->to_host, &src, &dst, quote->proto, e->time));
}

/** All lanes on the hosts that a broadcast reached, if they have a socket that accepts it. */
static void own_shared(struct index *x, struct event *e) {
    struct recording *r = x->r;
    struct packet *p = &e->packet;
    struct address src = *address_of(r, p->src);
    struct address dst = *address_of(r, p->dst);
    size_t begin = r->receiver_count;

    for (uint32_t i = x->first[dst.port]; i != NO_INDEX; i = x->next[i]) {
        const struct endpoint *end = &r->endpoints[i];
        const struct socket *s = &r->sockets[end->socket];
        int16_t host = r->lanes[s->lane].host;
        bool reached = host < 0 || host == p->from_host || host == p->to_host;
        for (size_t k = p->receivers; p->receivers != NO_INDEX && r->receivers[k] != LANE_NONE; k++)
            reached = reached || r->receivers[k] == host;
        if (!reached || !endpoint_alive(end, e->time) || !socket_carries(r, s, p->proto) ||
            endpoint_fit(r, end, &dst, &src) == 0)
            continue;
        r->receivers = grow(r->receivers, r->receiver_count, &r->receiver_capacity, sizeof *r->receivers);
        r->receivers[r->receiver_count++] = s->lane;
    }
    size_t count = r->receiver_count - begin;
    p->receivers = NO_INDEX;
    p->to_lane = count > 0 ? r->receivers[begin] : LANE_NOBODY;
    if (count < 2) {
        r->receiver_count = begin;
        return;
    }
    r->receivers = grow(r->receivers, r->receiver_count, &r->receiver_capacity, sizeof *r->receivers);
    r->receivers[r->receiver_count++] = LANE_NONE;
    p->receivers = (uint32_t)begin;
}

/**
 * When a call returned is known only roughly where strace first asked about its socket. TCP's packets tell it
 * better: connect() is over with the last packet of the handshake, and what a program did was over before its
 * end said FIN.
 */
static void settle_calls(struct recording *r, size_t at) {
    const struct event *packet = &r->events[at];
    const struct packet *p = &packet->packet;
    bool shakes = (p->flags & (TCP_SYN | TCP_ACK | TCP_FIN)) == TCP_ACK && p->length == 0;
    bool resets = p->flags & TCP_RST;
    bool ends = p->flags & TCP_FIN;
    int16_t lane = resets ? p->to_lane : p->from_lane;
    size_t first = at > LOOK_BACK ? at - LOOK_BACK : 0;

    if (!shakes && !resets && !ends)
        return;
    for (size_t i = at; i-- > first;) {
        struct event *e = &r->events[i];
        if (e->kind != EVENT_CALL || e->lane != lane || e->call.late == 0 || call_end(e) < packet->time)
            continue;
        if (!ends && strcmp(text_of(r, e->call.name), "connect") != 0)
            continue;
        int64_t measured = e->time + e->call.duration;
        int64_t over = packet->time + (ends ? -1 : 1);
        e->call.late = over > measured ? (uint32_t)(over - measured) : 0;
    }
}

/** A reset that no socket sent answers a packet that no socket accepted. */
static void refused_connection(struct recording *r, size_t at) {
    struct packet *reset = &r->events[at].packet;
    size_t first = at > LOOK_BACK ? at - LOOK_BACK : 0;

    reset->from_lane = LANE_NOBODY;
    for (size_t i = at; i-- > first;) {
        struct event *e = &r->events[i];
        if (e->kind != EVENT_PACKET || e->packet.src != reset->dst || e->packet.dst != reset->src)
            continue;
        if (e->packet.to_lane == LANE_NONE)
            e->packet.to_lane = LANE_NOBODY;
        return;
    }
}

static void own_datagram(struct index *x, size_t at) {
    struct recording *r = x->r;
    struct event *e = &r->events[at];
    struct packet *p = &e->packet;
    struct address src = *address_of(r, p->src);
    struct address dst = *address_of(r, p->dst);
    uint32_t from = endpoint_sender(x, p->from_host, &src, &dst, p->proto, e->time);

    if (from == NO_INDEX)
        from = learn_port(x, at);
    if (from == NO_INDEX)
        from = learn_connected(x, at);
    if (from != NO_INDEX)
        learn_address(r, from, &src);
    p->from_lane = lane_of(r, from);
    if (is_shared(r, &dst)) {
        own_shared(x, e);
        return;
    }
    p->receivers = NO_INDEX;
    if (p->to_lane != LANE_NOBODY && p->to_host >= 0)
        p->to_lane = lane_of(r, endpoint_owner(x, p->to_host, &dst, &src, p->proto, e->time));
    if (p->proto == PROTO_TCP && p->flags & TCP_RST && p->from_lane == LANE_NONE)
        refused_connection(r, at);
    if (p->proto == PROTO_TCP)
        settle_calls(r, at);
}

/** A later fragment has no ports: it goes where the first one went. */
static void own_fragment(struct recording *r, size_t at) {
    struct packet *p = &r->events[at].packet;
    size_t first = at > LOOK_BACK ? at - LOOK_BACK : 0;

    for (size_t i = at; i-- > first;) {
        const struct event *e = &r->events[i];
        if (e->kind != EVENT_PACKET || !e->packet.fragmented || e->packet.proto == PROTO_FRAGMENT ||
            e->packet.number != p->number || !address_same_ip(address_of(r, e->packet.src), address_of(r, p->src)))
            continue;
        p->from_lane = e->packet.from_lane;
        p->to_lane = e->packet.to_lane;
        return;
    }
}

/** Connected sockets that sent nothing: their address is the one on the peer's network. */
static void guess_addresses(struct recording *r) {
    for (uint32_t i = 0; i < r->endpoint_count; i++) {
        struct endpoint *e = &r->endpoints[i];
        const struct address *peer = address_of(r, e->peer);
        struct address local = *address_of(r, e->local);
        int16_t host = r->lanes[r->sockets[e->socket].lane].host;
        if (e->peer == 0 || !address_is_any(&local) || peer->kind != ADDRESS_IPV4 || host < 0)
            continue;
        for (size_t k = 0; k < r->hosts[host].address_count; k++) {
            const struct address *own = &r->hosts[host].addresses[k];
            uint8_t prefix = r->hosts[host].prefixes[k];
            uint32_t mine;
            uint32_t theirs;
            memcpy(&mine, own->ip, 4);
            memcpy(&theirs, peer->ip, 4);
            uint32_t mask = prefix ? UINT32_MAX << (32 - prefix) : 0;
            if (own->kind != ADDRESS_IPV4 || ((__builtin_bswap32(mine) ^ __builtin_bswap32(theirs)) & mask))
                continue;
            memcpy(local.ip, own->ip, 4);
            e->local = address_number(r, &local);
            break;
        }
    }
}

void packets_own(struct recording *r) {
    struct index x = {.r = r};

    for (size_t i = 0; i < r->event_count; i++) {
        const struct event *e = &r->events[i];
        if (e->kind == EVENT_PACKET && is_port_unreachable(&e->packet) && e->packet.about != NO_INDEX)
            mark_refused(r, i, quoted_datagram(r, &e->packet));
    }
    index_endpoints(&x);
    for (size_t i = 0; i < r->event_count; i++) {
        struct event *e = &r->events[i];
        if (e->kind != EVENT_PACKET)
            continue;
        if (e->packet.proto == PROTO_UDP || e->packet.proto == PROTO_TCP)
            own_datagram(&x, i);
        else if (e->packet.proto == PROTO_ICMP || e->packet.proto == PROTO_ICMPV6)
            own_icmp(&x, e);
        else if (e->packet.proto == PROTO_FRAGMENT)
            own_fragment(r, i);
        if (e->packet.proto != PROTO_UDP && e->packet.proto != PROTO_TCP)
            e->packet.receivers = NO_INDEX;
    }
    guess_addresses(r);
    free(x.first);
    free(x.next);
    free(x.portless);
}
