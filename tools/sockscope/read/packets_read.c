/**
 * @file
 * Capture files become events; the same packet, seen where it left and where it
 * arrived, becomes one.
 */
#include "packets.h"

#include "../base/pcapng.h"
#include "pcap_read.h"
#include "pcapng_read.h"

#include <stdlib.h>
#include <string.h>

/** The reading of one file. */
struct reading {
    struct recording *r;
    struct sightings *seen;
    int16_t host;
    struct slice name;
    size_t unknown; ///< packets with a link type that is not read
    uint16_t link;  ///< the first of these
};

static void visit_section(void *user, struct slice comment) {
    struct reading *in = user;
    int64_t netns = 0;

    if (slice_starts(comment, "netns=") && slice_number(slice_skip(comment, 6), &netns, NULL))
        in->host = recording_host(in->r, (uint64_t)netns, in->name);
}

/** A file of another tool has no comment: its name identifies the host. */
static int16_t host_of(struct reading *in) {
    if (in->host < 0)
        in->host = recording_host(in->r, 0, in->name);
    in->r->hosts[in->host].captured = true;
    return in->host;
}

static void visit_address(void *user, uint16_t option, struct slice value) {
    struct reading *in = user;
    int16_t number = host_of(in); // may move the array
    struct host *h = &in->r->hosts[number];
    struct address a = {0};
    uint8_t prefix = 0;

    if (option == OPTION_IPV4 && value.size == 8) {
        a.kind = ADDRESS_IPV4;
        memcpy(a.ip, value.at, 4);
        for (size_t i = 4; i < 8; i++)
            prefix = (uint8_t)(prefix + __builtin_popcount((unsigned char)value.at[i]));
    } else if (option == OPTION_IPV6 && value.size == 17) {
        a.kind = ADDRESS_IPV6;
        memcpy(a.ip, value.at, 16);
        prefix = (uint8_t)value.at[16];
    } else {
        return;
    }
    size_t capacity = h->address_capacity;
    h->prefixes = grow(h->prefixes, h->address_count, &capacity, sizeof *h->prefixes);
    h->addresses = grow(h->addresses, h->address_count, &h->address_capacity, sizeof *h->addresses);
    h->prefixes[h->address_count] = prefix;
    h->addresses[h->address_count++] = a;
}

/** Hosts, lanes and what an ICMP message quotes stay open. */
static void fill(struct recording *r, const struct packet_view *v, struct event *e) {
    e->payload = v->payload.at; // the file stays mapped
    e->payload_size = (uint32_t)v->payload.size;
    e->packet = (struct packet){.src = address_number(r, &v->src),
                                .dst = address_number(r, &v->dst),
                                .about = NO_INDEX,
                                .length = v->length,
                                .number = v->number,
                                .receivers = NO_INDEX,
                                .from_lane = LANE_NONE,
                                .to_lane = LANE_NONE,
                                .from_host = -1,
                                .to_host = -1,
                                .proto = (uint8_t)v->proto,
                                .type = v->type,
                                .code = v->code,
                                .flags = v->flags,
                                .protocol = v->protocol,
                                .fragmented = v->fragmented,
                                .truncated = v->truncated};
}

/** Keeps the datagram that an ICMP message is about. */
static uint32_t keep_quote(struct recording *r, const struct packet_view *v) {
    r->quotes = grow(r->quotes, r->quote_count, &r->quote_capacity, sizeof *r->quotes);
    struct event e = {.kind = EVENT_PACKET};
    fill(r, v, &e);
    r->quotes[r->quote_count] = (struct datagram){e.payload, e.payload_size, e.packet};
    return (uint32_t)r->quote_count++;
}

static void visit_packet(void *user, uint16_t link, int64_t nanoseconds, struct slice bytes, uint32_t length) {
    struct reading *in = user;
    struct recording *r = in->r;
    struct packet_view view;
    struct packet_view quoted;
    uint32_t about = NO_INDEX;

    if (!packet_knows_link(link) && in->unknown++ == 0)
        in->link = link;
    packet_decode(link, bytes, &view, &quoted);
    view.truncated = view.truncated || length > bytes.size;
    if (view.direction == TO_OTHERS)
        return; // a bridge floods; the packet was for another machine
    if (view.quotes)
        about = keep_quote(r, &quoted);
    struct event *e = recording_add(r, EVENT_PACKET, nanoseconds);
    fill(r, &view, e);
    e->packet.about = about;
    bool stays = view.loopback || view.direction == DIRECTION_UNKNOWN;
    int16_t host = host_of(in);
    if (view.direction == FROM_US || stays)
        e->packet.from_host = host;
    if (view.direction != FROM_US || stays)
        e->packet.to_host = host;
    sightings_add(in->seen, view.identity, (uint32_t)r->event_count - 1);
}

static void visit_lost(void *user, uint64_t packets) {
    struct reading *in = user;
    in->r->lost += packets;
}

void packets_read(struct recording *r, struct sightings *seen, const char *path, struct slice name,
                  struct slice content) {
    struct reading in = {.r = r, .seen = seen, .host = -1, .name = name};
    const struct pcapng_visitor visitor = {&in, visit_section, visit_address, visit_packet, visit_lost};
    const char *trouble = NULL;
    size_t packets =
        pcap_is(content) ? pcap_read(content, &visitor, &trouble) : pcapng_read(content, &visitor, &trouble);

    if (in.host >= 0)
        r->hosts[in.host].captured = true;
    if (in.unknown > 0) {
        complain("%s: %zu packet%s the link type %u, which is not read here", path, in.unknown,
                 in.unknown == 1 ? " has" : "s have", in.link);
        r->problems++;
    }
    if (!trouble)
        return;
    complain("%s: %s; %zu packets were read", path, trouble, packets);
    r->problems++;
}
