/**
 * @file
 * Which datagram did a call receive, and was it longer than the buffer?
 *
 * The kernel tells only programs that ask (MSG_TRUNC). For the others the datagrams that arrived at the socket are
 * handed out to its receiving calls in their order, as the kernel does.
 */
#include "packets.h"

#include <stdlib.h>
#include <string.h>

enum {
    LOOK_BACK = 512,   ///< events searched for a datagram before the call
    LOOK_AHEAD = 4096, ///< and while it waited
};

/** Sockets whose receiving calls each take one datagram. */
static bool is_datagram_socket(const struct recording *r, const struct socket *s) {
    const char *type = text_of(r, s->type);

    return strncmp(type, "UDP", 3) == 0 || strcmp(type, "RAW") == 0 || strcmp(type, "PING") == 0;
}

static bool takes_datagram(const struct recording *r, const struct event *e) {
    const struct call *c = &e->call;
    const struct socket *s = e->kind == EVENT_CALL ? call_socket(r, c) : NULL;

    return s && !c->is_out && !c->is_wait && c->bytes != NO_INDEX && c->known && c->result >= 0 &&
           is_datagram_socket(r, s) && !call_has_flag(r, c, "MSG_PEEK") && !call_has_flag(r, c, "MSG_ERRQUEUE");
}

static bool is_same(const struct address *a, const struct address *b) {
    return address_same_ip(a, b) && a->port == b->port;
}

/** Tells whether a datagram that no call has taken yet came to the call's socket. */
static bool arrives_at(const struct recording *r, const struct event *packet, const struct event *e) {
    const struct packet *p = &packet->packet;
    const struct endpoint *own = &r->endpoints[e->call.endpoint];
    int16_t lane = e->lane;
    bool reached = p->to_lane == lane || p->contested;

    if (packet->kind != EVENT_PACKET || p->proto != PROTO_UDP || p->taken ||
        address_of(r, p->dst)->port != address_of(r, own->local)->port)
        return false;
    struct address from = address_unmapped(*address_of(r, e->call.from ? e->call.from : own->peer));
    if (from.kind != ADDRESS_NONE && !is_same(&from, address_of(r, p->src)))
        return false;
    for (size_t i = p->receivers; p->receivers != NO_INDEX && r->receivers[i] != LANE_NONE; i++)
        reached = reached || r->receivers[i] == lane;
    return reached;
}

/** Tells whether what a call returned is this datagram, or its beginning where the buffer was full. */
static bool is_received(const struct event *e, const struct event *packet, bool full) {
    uint32_t taken = e->payload_size < e->call.bytes ? e->payload_size : e->call.bytes;
    uint32_t both = taken < packet->payload_size ? taken : packet->payload_size;

    if (full ? packet->packet.length < taken : packet->packet.length != e->call.bytes)
        return false;
    return both == 0 || memcmp(e->payload, packet->payload, both) == 0;
}

/** Finds the earliest datagram that the call can have taken. */
static struct event *find_datagram(struct recording *r, size_t index, bool full) {
    const struct event *e = &r->events[index];
    size_t first = index > LOOK_BACK ? index - LOOK_BACK : 0;
    size_t last = index + LOOK_AHEAD < r->event_count ? index + LOOK_AHEAD : r->event_count;
    int64_t end = call_end(e);

    for (size_t i = first; i < last && r->events[i].time <= end; i++)
        if (arrives_at(r, &r->events[i], e) && is_received(e, &r->events[i], full))
            return &r->events[i];
    return NULL;
}

static void lose_rest(struct recording *r, struct event *e, uint32_t length) {
    struct call *c = &e->call;

    c->truncated = true;
    if (c->message_count == 0) {
        r->messages = grow(r->messages, r->message_count, &r->message_capacity, sizeof *r->messages);
        c->more = (uint32_t)r->message_count++;
        c->message_count = 1;
        r->messages[c->more] = (struct message){.payload = e->payload,
                                                .control = "",
                                                .payload_size = e->payload_size,
                                                .address = c->from,
                                                .bytes = e->payload_size,
                                                .truncated = true};
    }
    r->messages[c->more].length = length;
}

/** With UDP_SEGMENT the packets that were captured are not the datagrams that arrive. */
static bool has_segments(const struct recording *r) {
    for (size_t i = 0; i < r->message_count; i++)
        if (strstr(r->messages[i].control, "UDP_SEGMENT"))
            return true;
    for (size_t i = 0; i < r->socket_count; i++)
        if (r->sockets[i].segment > 0)
            return true;
    return false;
}

/** Two unconnected sockets of a program on one port: the packets do not tell which of them got a datagram. */
static bool shares_port(const struct recording *r, const struct event *e) {
    const struct endpoint *own = &r->endpoints[e->call.endpoint];
    uint16_t port = address_of(r, own->local)->port;

    for (size_t i = 0; own->peer == 0 && i < r->endpoint_count; i++) {
        const struct endpoint *other = &r->endpoints[i];
        if (other->socket != own->socket && other->peer == 0 && address_of(r, other->local)->port == port &&
            other->begin <= e->time && e->time < other->end && r->sockets[other->socket].lane == e->lane)
            return true;
    }
    return false;
}

/** A call that took a datagram. */
struct taking {
    int64_t end;    ///< when it returned
    uint32_t event; ///< the call's
};

static int by_end(const void *left, const void *right) {
    const struct taking *a = left;
    const struct taking *b = right;

    if (a->end != b->end)
        return a->end < b->end ? -1 : 1;
    return (a->event > b->event) - (a->event < b->event);
}

/** The calls that took datagrams, in the order in which they returned; the list is the caller's to free. */
static struct taking *find_takings(const struct recording *r, size_t *count) {
    struct taking *list = NULL;
    size_t capacity = 0;

    *count = 0;
    for (size_t i = 0; i < r->event_count; i++) {
        if (!takes_datagram(r, &r->events[i]))
            continue;
        list = grow(list, *count, &capacity, sizeof *list);
        list[(*count)++] = (struct taking){call_end(&r->events[i]), (uint32_t)i};
    }
    if (*count > 0)
        qsort(list, *count, sizeof *list, by_end);
    return list;
}

static void take(struct recording *r, uint32_t index, bool joins) {
    struct event *e = &r->events[index];
    const struct call *c = &e->call;
    const struct message *m = call_message(r, c, 0);
    bool told = call_has_flag(r, c, "MSG_TRUNC") && c->capacity != NO_INDEX && c->bytes > c->capacity;
    bool full = c->capacity != NO_INDEX && c->bytes >= c->capacity;
    bool single = c->capacity != NO_INDEX; // recvmmsg's messages tell themselves
    struct event *datagram = joins && single ? find_datagram(r, index, full) : NULL;

    if (datagram) {
        datagram->packet.taken = true;
        if (datagram->packet.contested)
            datagram->packet.to_lane = e->lane;
    }
    if (told)
        lose_rest(r, e, c->bytes);
    else if (datagram && datagram->packet.length > c->bytes && !shares_port(r, e))
        lose_rest(r, e, datagram->packet.length);
    else if (m && m->truncated)
        e->call.truncated = true;
}

/**
 * Of several sockets on one port the kernel chooses by the sender's address: one that nobody took goes where another
 * one of its sender's went.
 */
static void settle_untaken(struct recording *r, size_t at) {
    struct packet *p = &r->events[at].packet;
    size_t first = at > LOOK_BACK ? at - LOOK_BACK : 0;

    for (size_t i = first; i < r->event_count && i < at + LOOK_BACK; i++) {
        const struct packet *other = &r->events[i].packet;
        if (r->events[i].kind != EVENT_PACKET || other->contested != CONTEST_GROUP || !other->taken ||
            other->src != p->src || other->dst != p->dst)
            continue;
        p->to_lane = other->to_lane;
        return;
    }
}

void packets_receive(struct recording *r) {
    bool joins = !has_segments(r);
    size_t count = 0;
    struct taking *list = find_takings(r, &count);

    for (size_t i = 0; i < count; i++)
        take(r, list[i].event, joins);
    for (size_t i = 0; i < r->event_count; i++) {
        const struct event *e = &r->events[i];
        if (e->kind == EVENT_PACKET && e->packet.contested == CONTEST_GROUP && !e->packet.taken)
            settle_untaken(r, i);
    }
    free(list);
}
