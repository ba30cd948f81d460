/**
 * @file
 * Packets that programs make themselves, and what answers them.
 */
#include "raw.h"

#include "../base/pcapng.h"
#include "learned.h"

#include <string.h>

/** strace stamps a call before it asks about its socket: the packet may leave later than the duration says. */
enum { LATE_NS = 2000000 };

enum { ECHO_REPLY = 0, ECHO_REQUEST = 8, ECHO_REQUEST6 = 128, ECHO_REPLY6 = 129 };

static bool is_type(const struct recording *r, const struct socket *s, const char *type) {
    return s && strncmp(text_of(r, s->type), type, strlen(type)) == 0;
}

bool has_raw_sockets(const struct recording *r) {
    for (size_t i = 0; i < r->socket_count; i++)
        if (is_type(r, &r->sockets[i], "RAW") || is_type(r, &r->sockets[i], "PACKET") ||
            is_type(r, &r->sockets[i], "PING"))
            return true;
    return false;
}

static bool same_ends(const struct recording *r, const struct packet_view *v, const struct packet *p) {
    const struct address *src = address_of(r, p->src);
    const struct address *dst = address_of(r, p->dst);

    return v->proto == (enum protocol)p->proto && v->type == p->type && address_same_ip(&v->src, src) &&
           address_same_ip(&v->dst, dst) && v->src.port == src->port && v->dst.port == dst->port;
}

/** Tells whether what a call sent has the packet's own headers. */
static bool carries(const struct recording *r, const struct event *e, const struct packet *p) {
    static const uint16_t links[] = {LINK_ETHERNET, LINK_RAW};
    struct packet_view view;
    struct packet_view quoted;

    for (size_t i = 0; i < sizeof links / sizeof *links; i++)
        if (packet_decode(links[i], (struct slice){e->payload, e->payload_size}, &view, &quoted) &&
            same_ends(r, &view, p))
            return true;
    return false;
}

/** Tells whether what a call sent begins with the packet's header behind that of IP: ports, or ICMP's type and code. */
static bool begins_with(const struct recording *r, const struct event *e, const struct packet *p) {
    const struct address *src = address_of(r, p->src);
    const struct address *dst = address_of(r, p->dst);
    const uint8_t ports[] = {(uint8_t)(src->port >> 8), (uint8_t)src->port, (uint8_t)(dst->port >> 8),
                             (uint8_t)dst->port};
    const uint8_t types[] = {p->type, p->code};
    const void *start = src->has_port ? (const void *)ports : types;
    size_t size = src->has_port ? sizeof ports : sizeof types;

    return e->payload_size >= size && memcmp(e->payload, start, size) == 0;
}

/** Tells whether a call was sending such a packet when it passed. */
static bool was_sending_raw(const struct recording *r, const struct event *e, const struct event *packet) {
    const struct packet *p = &packet->packet;
    const struct socket *s = e->kind == EVENT_CALL ? call_socket(r, &e->call) : NULL;

    if (!s || !e->call.is_out || e->time > packet->time || (e->call.finished && call_end(e) + LATE_NS < packet->time))
        return false;
    if (is_type(r, s, "PACKET"))
        return carries(r, e, p);
    if (!is_type(r, s, "RAW") && !is_type(r, s, "PING"))
        return false;
    struct address to = address_unmapped(*address_of(r, e->call.to ? e->call.to : r->endpoints[e->call.endpoint].peer));
    bool for_it = address_same_ip(&to, address_of(r, p->dst)) ||
                  (address_is_any(&to) && address_is_loopback(address_of(r, p->dst)));
    return carries(r, e, p) || (for_it && begins_with(r, e, p));
}

int16_t raw_sender(const struct recording *r, size_t at) {
    const struct event *packet = &r->events[at];
    size_t first = at > LOOK_BACK ? at - LOOK_BACK : 0;

    for (size_t i = at; i-- > first;) {
        const struct event *e = &r->events[i];
        if (!was_sending_raw(r, e, packet))
            continue;
        int16_t host = r->lanes[e->lane].host;
        if (host < 0 || packet->packet.from_host < 0 || host == packet->packet.from_host)
            return e->lane;
    }
    return LANE_NONE;
}

bool is_echo(const struct packet *p) {
    return (p->proto == PROTO_ICMP && (p->type == ECHO_REQUEST || p->type == ECHO_REPLY)) ||
           (p->proto == PROTO_ICMPV6 && (p->type == ECHO_REQUEST6 || p->type == ECHO_REPLY6));
}

static bool answers(const struct packet *answer, const struct packet *p) {
    bool same_way = p->from_host == answer->to_host && p->to_host == answer->from_host; // between the same two hosts

    if (p->src != answer->dst || p->dst != answer->src || p->proto != answer->proto || !same_way)
        return false;
    if (!is_echo(answer))
        return p->proto == PROTO_UDP || p->proto == PROTO_TCP;
    return p->number == answer->number && (p->type == ECHO_REQUEST || p->type == ECHO_REQUEST6) &&
           (answer->type == ECHO_REPLY || answer->type == ECHO_REPLY6);
}

const struct event *answered_packet(const struct recording *r, size_t at) {
    size_t first = at > LOOK_BACK ? at - LOOK_BACK : 0;

    for (size_t i = at; i-- > first;)
        if (r->events[i].kind == EVENT_PACKET && answers(&r->events[at].packet, &r->events[i].packet))
            return &r->events[i];
    return NULL;
}

/**
 * Tells whether an ICMP message went back on the way that a packet came: between the same two hosts, as far as known.
 */
static bool goes_back(const struct packet *icmp, const struct packet *p) {
    bool to_sender = icmp->to_host < 0 || p->from_host < 0 || icmp->to_host == p->from_host;
    bool from_receiver = icmp->from_host < 0 || p->to_host < 0 || icmp->from_host == p->to_host;

    return to_sender && from_receiver;
}

struct event *quoted_packet(struct recording *r, size_t at, bool unrefused) {
    const struct packet *icmp = &r->events[at].packet;
    const struct event quote = quoted_datagram(r, icmp);
    size_t first = at > LOOK_BACK ? at - LOOK_BACK : 0;

    for (size_t i = at; i-- > first;) {
        struct event *e = &r->events[i];
        const struct packet *p = &e->packet;
        if (e->kind == EVENT_PACKET && p->src == quote.packet.src && p->dst == quote.packet.dst &&
            p->proto == quote.packet.proto && p->about == NO_INDEX && same_bytes(e, &quote) && goes_back(icmp, p) &&
            (!is_echo(p) || p->number == quote.packet.number) && !(unrefused && p->to_lane == LANE_NOBODY))
            return e;
    }
    return NULL;
}
