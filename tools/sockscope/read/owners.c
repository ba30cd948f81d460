/**
 * @file
 * Whose packet is it? The lane that sent a packet and the lane that got it, from the sockets' addresses at
 * that time.
 */
#include "../model/lookup.h"
#include "kernels.h"
#include "learned.h"
#include "packets.h"
#include "raw.h"
#include "sharing.h"
#include "tcp.h"

#include <stdlib.h>

/** The search for owners. */
struct search {
    struct index index;
    struct sharing sharing;
    bool raw; ///< programs make packets themselves
};

static uint32_t socket_of(const struct recording *r, uint32_t endpoint) {
    return r->endpoints[endpoint].socket;
}

/** The lane that gets the data that comes to an endpoint. */
static int16_t receiver_of(const struct search *s, uint32_t endpoint, int64_t time) {
    const struct recording *r = s->index.r;

    if (endpoint == NO_INDEX)
        return LANE_NONE;
    uint32_t socket = socket_of(r, endpoint);
    return s->sharing.shared[socket] ? sharing_receiver(r, &s->sharing, socket, time) : r->sockets[socket].lane;
}

/** The lane that sends what leaves an endpoint, or gets what comes without data. */
static int16_t user_of(const struct search *s, uint32_t endpoint, int64_t time) {
    const struct recording *r = s->index.r;

    if (endpoint == NO_INDEX)
        return LANE_NONE;
    uint32_t socket = socket_of(r, endpoint);
    return s->sharing.shared[socket] ? sharing_user(r, &s->sharing, socket, time) : r->sockets[socket].lane;
}

/** Several sockets with the sender's address: the one in whose call the datagram left. */
static int16_t sender_in_call(const struct search *s, size_t at, uint32_t endpoint) {
    const struct recording *r = s->index.r;
    const struct event *packet = &r->events[at];
    uint16_t port = address_of(r, packet->packet.src)->port;
    size_t first = at > LOOK_BACK ? at - LOOK_BACK : 0;

    for (size_t i = at; i-- > first;) {
        const struct event *e = &r->events[i];
        if (was_sending(r, e, packet) && address_of(r, r->endpoints[e->call.endpoint].local)->port == port)
            return e->lane;
    }
    return user_of(s, endpoint, packet->time);
}

static bool is_port_unreachable(const struct packet *p) {
    return (p->proto == PROTO_ICMP && p->type == 3 && p->code == 3) ||
           (p->proto == PROTO_ICMPV6 && p->type == 1 && p->code == 4);
}

/** A datagram that its destination's port unreachable quotes: no socket accepted it. */
static void mark_refused(struct recording *r, size_t at) {
    const struct event *e = &r->events[at];

    if (e->kind != EVENT_PACKET || e->packet.about == NO_INDEX || !is_port_unreachable(&e->packet))
        return;
    int16_t host = e->packet.from_host;
    if (host >= 0 && r->hosts[host].address_count > 0 && !host_has(r, host, address_of(r, e->packet.src)))
        return; // a router only passes it on
    struct event *refused = quoted_packet(r, at, true);
    if (refused)
        refused->packet.to_lane = LANE_NOBODY;
}

/** Who sent an ICMP error: the kernel of the host where no socket was, or a router's on the way there. */
static int16_t reporter_of(struct recording *r, const struct packet *p, const struct address *dst) {
    const struct address *src = address_of(r, p->src);

    if (address_same_ip(src, dst))
        return LANE_NOBODY;
    if (!host_has(r, p->from_host, src))
        return LANE_NONE; // of which nothing was recorded
    return r->host_count > 1 ? kernel_lane(r, p->from_host) : LANE_NOBODY;
}

static void own_icmp_error(const struct search *s, size_t at) {
    struct recording *r = s->index.r;
    struct event *e = &r->events[at];
    const struct packet *quote = &r->quotes[e->packet.about].packet;
    struct address src = *address_of(r, quote->src);
    struct address dst = *address_of(r, quote->dst);
    uint32_t owner = endpoint_owner(&s->index, e->packet.to_host, &src, &dst, quote->proto, e->time);
    const struct event *quoted = owner == NO_INDEX ? quoted_packet(r, at, false) : NULL;

    e->packet.to_lane = quoted ? quoted->packet.from_lane : user_of(s, owner, e->time);
    e->packet.from_lane = reporter_of(r, &e->packet, &dst);
}

/** An echo request is for the kernel, whose reply goes to who asked. */
static void own_echo(const struct search *s, size_t at) {
    struct recording *r = s->index.r;
    struct packet p = r->events[at].packet;
    const struct event *request = answered_packet(r, at);

    if (request) {
        p.from_lane = request->packet.to_lane;
        p.to_lane = request->packet.from_lane;
    } else {
        p.from_lane = s->raw ? raw_sender(r, at) : LANE_NONE;
        bool from_elsewhere = p.from_host >= 0 && p.from_host != p.to_host;
        if ((p.from_lane >= 0 || from_elsewhere) && host_has(r, p.to_host, address_of(r, p.dst)))
            p.to_lane = kernel_lane(r, p.to_host);
    }
    r->events[at].packet = p;
}

/** All lanes on the hosts that a broadcast reached, if they have a socket that accepts it. */
static void own_shared(const struct search *s, struct event *e) {
    const struct index *x = &s->index;
    struct recording *r = x->r;
    struct packet *p = &e->packet;
    struct address src = *address_of(r, p->src);
    struct address dst = *address_of(r, p->dst);
    size_t begin = r->receiver_count;

    for (uint32_t i = x->first[dst.port]; i != NO_INDEX; i = x->next[i]) {
        const struct endpoint *end = &r->endpoints[i];
        const struct socket *socket = &r->sockets[end->socket];
        int16_t host = r->lanes[socket->lane].host;
        bool reached = host < 0 || host == p->from_host || host == p->to_host;
        for (size_t k = p->receivers; p->receivers != NO_INDEX && r->receivers[k] != LANE_NONE; k++)
            reached = reached || r->receivers[k] == host;
        if (!reached || !endpoint_alive(end, e->time) || !socket_carries(r, socket, p->proto) ||
            endpoint_fit(r, end, &dst, &src) == 0)
            continue;
        r->receivers = grow(r->receivers, r->receiver_count, &r->receiver_capacity, sizeof *r->receivers);
        r->receivers[r->receiver_count++] = receiver_of(s, i, e->time);
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

/** TCP's listener answers for a connection that accept() returns later: its packets are of who accepts it. */
static uint32_t accepted_later(const struct search *s, uint32_t listener, const struct event *e, bool arrives) {
    const struct recording *r = s->index.r;
    const struct packet *p = &e->packet;
    const struct address *own = address_of(r, arrives ? p->dst : p->src);
    const struct address *peer = address_of(r, arrives ? p->src : p->dst);
    uint32_t found = listener;

    if (p->proto != PROTO_TCP || listener == NO_INDEX || r->endpoints[listener].peer != 0)
        return listener;
    for (uint32_t i = s->index.first[own->port]; i != NO_INDEX; i = s->index.next[i]) {
        const struct endpoint *end = &r->endpoints[i];
        bool earlier = found == listener || end->begin < r->endpoints[found].begin;
        if (end->begin > e->time && end->peer != 0 && earlier && endpoint_fit(r, end, own, peer) > 0 &&
            socket_carries(r, &r->sockets[end->socket], PROTO_TCP))
            found = i;
    }
    return found;
}

static int16_t find_sender(struct search *s, size_t at) {
    struct recording *r = s->index.r;
    struct event *e = &r->events[at];
    struct packet *p = &e->packet;
    struct address src = *address_of(r, p->src);
    struct address dst = *address_of(r, p->dst);
    uint32_t from = endpoint_sender(&s->index, p->from_host, &src, &dst, p->proto, e->time);

    if (from == NO_INDEX)
        from = learn_port(&s->index, at);
    if (from == NO_INDEX)
        return s->raw ? raw_sender(r, at) : LANE_NONE;
    learn_address(r, from, &src);
    if (p->proto == PROTO_UDP && endpoint_has_rival(&s->index, from, p->from_host, &src, &dst, e->time))
        return sender_in_call(s, at, from);
    return user_of(s, accepted_later(s, from, e, false), e->time);
}

static int16_t find_receiver(const struct search *s, struct event *e) {
    const struct recording *r = s->index.r;
    struct packet *p = &e->packet;
    struct address src = *address_of(r, p->src);
    struct address dst = *address_of(r, p->dst);
    uint32_t to = endpoint_owner(&s->index, p->to_host, &dst, &src, p->proto, e->time);

    if (to == NO_INDEX)
        return LANE_NONE;
    if (s->sharing.shared[socket_of(r, to)])
        p->contested = CONTEST_SHARED;
    else if (p->proto == PROTO_UDP && endpoint_has_rival(&s->index, to, p->to_host, &dst, &src, e->time))
        p->contested = CONTEST_GROUP;
    to = accepted_later(s, to, e, true);
    return p->proto == PROTO_TCP && p->length == 0 ? user_of(s, to, e->time) : receiver_of(s, to, e->time);
}

/** What answers a packet that a program made itself is for that program. */
static int16_t asker_of(const struct search *s, size_t at) {
    const struct event *asked = s->raw ? answered_packet(s->index.r, at) : NULL;

    return asked ? asked->packet.from_lane : LANE_NONE;
}

static void own_datagram(struct search *s, size_t at) {
    struct recording *r = s->index.r;
    struct event *e = &r->events[at];
    struct packet *p = &e->packet;

    p->from_lane = find_sender(s, at);
    if (is_shared(r, address_of(r, p->dst))) {
        own_shared(s, e);
        return;
    }
    p->receivers = NO_INDEX;
    if (p->to_lane != LANE_NOBODY && p->to_host >= 0)
        p->to_lane = find_receiver(s, e);
    if (p->to_lane == LANE_NONE)
        p->to_lane = asker_of(s, at);
    if (p->proto != PROTO_TCP)
        return;
    if (p->flags & TCP_RST && p->from_lane == LANE_NONE)
        tcp_refused(r, at);
    tcp_settle_calls(r, at);
}

/** A later fragment has no ports: it goes where the first one went that the same hosts saw. */
static void own_fragment(struct recording *r, size_t at) {
    struct packet *p = &r->events[at].packet;
    size_t first = at > LOOK_BACK ? at - LOOK_BACK : 0;

    for (size_t i = at; i-- > first;) {
        const struct packet *other = &r->events[i].packet;
        if (r->events[i].kind != EVENT_PACKET || !other->fragmented || other->proto == PROTO_FRAGMENT ||
            other->number != p->number || other->from_host != p->from_host || other->to_host != p->to_host ||
            !address_same_ip(address_of(r, other->src), address_of(r, p->src)))
            continue;
        p->from_lane = other->from_lane;
        p->to_lane = other->to_lane;
        return;
    }
}

static void own_packet(struct search *s, size_t at) {
    struct recording *r = s->index.r;
    const struct packet *p = &r->events[at].packet;

    if (p->proto == PROTO_UDP || p->proto == PROTO_TCP)
        own_datagram(s, at);
    else if (p->about != NO_INDEX)
        own_icmp_error(s, at);
    else if (is_echo(p))
        own_echo(s, at);
    else if (p->proto == PROTO_FRAGMENT)
        own_fragment(r, at);
    else if (s->raw)
        r->events[at].packet.from_lane = raw_sender(r, at);
    if (p->proto != PROTO_UDP && p->proto != PROTO_TCP)
        r->events[at].packet.receivers = NO_INDEX;
    own_forwarded(r, at);
}

void packets_own(struct recording *r) {
    struct search s = {.index = {.r = r}, .raw = has_raw_sockets(r)};

    for (size_t i = 0; i < r->event_count; i++)
        mark_refused(r, i);
    index_endpoints(&s.index);
    sharing_find(r, &s.sharing);
    for (size_t i = 0; i < r->event_count; i++)
        if (r->events[i].kind == EVENT_PACKET)
            own_packet(&s, i);
    guess_addresses(r);
    sharing_free(&s.sharing);
    free(s.index.first);
    free(s.index.next);
    free(s.index.portless);
}
