/**
 * @file
 * The words on the ladder's arrows.
 */
#include "../base/dns_dhcp.h"
#include "parts.h"

#include <stdio.h>

enum { PAYLOAD_CELLS = 24 };

/** The text of a port, kept once for each address. */
static uint32_t keep_port(struct ladder *l, uint32_t number) {
    const struct address *a = address_of(l->r, number);
    struct buffer out = {0};

    if (!a->has_port || l->ports[number])
        return l->ports[number];
    buffer_format(&out, "%u", a->port);
    return l->ports[number] = ladder_keep(l, &out);
}

static uint32_t keep_address(struct ladder *l, uint32_t number) {
    struct buffer out = {0};

    if (l->addresses[number])
        return l->addresses[number];
    label_address(&out, l->r, number);
    return l->addresses[number] = ladder_keep(l, &out);
}

static uint32_t keep_words(struct ladder *l, const char *first, const char *second, const struct event *payload) {
    struct buffer out = {0};

    buffer_format(&out, "%s%s%s", first, *second ? " " : "", second);
    if (payload) {
        buffer_text(&out, " ");
        payload_quote(&out, (struct slice){payload->payload, payload->payload_size}, PAYLOAD_CELLS, l->options.ascii,
                      payload->packet.truncated);
    }
    return ladder_keep(l, &out);
}

/** A datagram's words: its payload, or what this says in DNS or DHCP. */
static void put_datagram(struct ladder *l, const struct event *e, struct row *row) {
    const struct packet *p = &e->packet;
    struct slice payload = {e->payload, e->payload_size};
    struct buffer words = {0};

    if (dns_dhcp_words(&words, payload, address_of(l->r, p->src)->port, address_of(l->r, p->dst)->port)) {
        row->texts[1] = keep_words(l, slice_starts(slice_of(words.at), "DNS") ? "DNS" : "DHCP", "", NULL);
        row->texts[0] = ladder_keep(l, &words);
        return;
    }
    row->texts[0] = keep_words(l, p->fragmented ? "UDP fragment" : "UDP", "", e);
    row->texts[1] = keep_words(l, "UDP", "", NULL);
}

/** A packet between others stands in one column: its words have both addresses. */
static void put_both_ends(struct ladder *l, const struct event *e, struct row *row) {
    struct buffer words = {0};

    if (row->column != row->to_column || e->packet.from_lane >= 0)
        return;
    buffer_text(&words, ladder_text(l, row->texts[0]));
    buffer_text(&words, " from" HARD);
    label_address(&words, l->r, e->packet.src);
    buffer_text(&words, " to" HARD);
    label_address(&words, l->r, e->packet.dst);
    row->texts[0] = ladder_keep(l, &words);
}

/** An echo has a number of its own: `echo request, seq 1`. */
static void put_echo(const struct packet *p, char text[static 48]) {
    char name[32];
    bool echo = p->proto == PROTO_ICMP ? p->type == 0 || p->type == 8 : p->type == 128 || p->type == 129;

    packet_icmp_name((enum protocol)p->proto, p->type, p->code, name);
    if (echo)
        snprintf(text, 48, "%s, seq" HARD "%u", name, p->number & 0xffff);
    else
        snprintf(text, 48, "%s", name);
}

void label_packet(struct ladder *l, const struct event *e, struct row *row) {
    const struct packet *p = &e->packet;
    char text[32];
    char numbered[48];

    row->ends[0] = keep_address(l, p->src);
    row->ends[2] = keep_address(l, p->dst);
    row->ends[1] = keep_port(l, p->src);
    row->ends[3] = keep_port(l, p->dst);
    switch (p->proto) {
    case PROTO_UDP:
        put_datagram(l, e, row);
        break;
    case PROTO_TCP:
        packet_tcp_flags(p->flags, text);
        row->texts[0] = keep_words(l, "TCP", text, e->payload_size ? e : NULL);
        row->texts[1] = keep_words(l, text, "", NULL);
        break;
    case PROTO_ICMP:
    case PROTO_ICMPV6: {
        struct event quoted = {0};
        const struct event *quote = NULL;
        const char *name = p->proto == PROTO_ICMP ? "ICMP" : "ICMPv6";
        packet_icmp_name((enum protocol)p->proto, p->type, p->code, text);
        if (p->about != NO_INDEX)
            quoted = quoted_datagram(l->r, p);
        if (quoted.packet.proto == PROTO_UDP)
            quote = &quoted;
        put_echo(p, numbered);
        row->texts[0] = keep_words(l, name, numbered, quote);
        row->texts[1] = keep_words(l, name, text, NULL);
        row->texts[2] = keep_words(l, text, "", NULL);
        break;
    }
    case PROTO_ARP:
        row->texts[0] = keep_words(l, "ARP", p->type == 1 ? "who has" : "here is", NULL);
        break;
    case PROTO_IGMP:
        row->texts[0] = keep_words(l, "IGMP", "", NULL);
        break;
    case PROTO_FRAGMENT:
        row->texts[0] = keep_words(l, "fragment", "", NULL);
        break;
    default:
        row->texts[0] = keep_words(l, "other", "", NULL);
    }
    put_both_ends(l, e, row);
}

/** The endpoint of a lane with that port at that time. */
static const struct endpoint *endpoint_at(const struct recording *r, int16_t lane, uint16_t port, int64_t time) {
    for (size_t i = 0; i < r->endpoint_count; i++) {
        const struct endpoint *e = &r->endpoints[i];
        if (e->begin <= time && time < e->end && address_of(r, e->local)->port == port &&
            (lane == LANE_NONE || r->sockets[e->socket].lane == lane))
            return e;
    }
    return NULL;
}

/** The capture kept only the beginning of a packet. */
static void put_kept(struct buffer *out, const struct event *e) {
    bool has_payload = e->packet.proto == PROTO_UDP || e->packet.proto == PROTO_TCP;

    if (e->packet.truncated && has_payload && !e->packet.fragmented && e->payload_size < e->packet.length)
        buffer_format(out, "the capture has %u of its %u bytes", e->payload_size, e->packet.length);
}

uint32_t label_packet_note(struct ladder *l, const struct event *e) {
    const struct recording *r = l->r;
    const struct packet *p = &e->packet;
    struct buffer out = {0};

    if (p->about != NO_INDEX && p->to_lane >= 0) {
        uint16_t port = address_of(r, r->quotes[p->about].packet.src)->port;
        const struct endpoint *own = endpoint_at(r, p->to_lane, port, e->time);
        if (own && own->peer == 0 && !r->sockets[own->socket].hears_errors)
            buffer_text(&out, "not passed on: the socket has no peer");
    } else if (p->proto == PROTO_UDP && p->to_lane == LANE_NOBODY) {
        const struct endpoint *other = endpoint_at(r, LANE_NONE, address_of(r, p->dst)->port, e->time);
        if (other && other->peer != 0) {
            buffer_format(&out, "%s hears only ", r->lanes[r->sockets[other->socket].lane].name);
            label_address(&out, r, other->peer);
        }
    }
    if (out.size == 0)
        put_kept(&out, e);
    return ladder_keep(l, &out);
}
