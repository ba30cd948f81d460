/**
 * @file
 * A packet as JSON.
 */
#include "event_parts.h"

static void put_host(struct buffer *out, const struct recording *r, const char *key, int16_t host) {
    json_text(out, key, host >= 0 ? r->hosts[host].name : NULL);
}

/** What every packet and every quoted datagram has: protocol, addresses, payload. */
static void put_datagram(struct buffer *out, const struct recording *r, const struct event *e) {
    const struct packet *p = &e->packet;
    char text[32];

    event_address(out, r, "src", p->src);
    event_address(out, r, "dst", p->dst);
    if (p->proto == PROTO_TCP)
        json_text(out, "flags", packet_tcp_flags(p->flags, text));
    if (p->proto == PROTO_UDP || p->proto == PROTO_TCP) {
        json_number(out, "length", p->length);
        event_bytes(out, (struct slice){e->payload, e->payload_size});
    } else if (p->proto == PROTO_FRAGMENT) {
        json_number(out, "length", p->length);
    }
    if (p->proto == PROTO_OTHER)
        json_number(out, "number", p->protocol);
    if (p->fragmented) {
        buffer_text(out, ",\"fragmented\":true");
        json_number(out, "id", p->number);
    }
    if (p->truncated)
        buffer_text(out, ",\"truncated\":true");
}

/** The lanes that got a packet, as a list. */
static void put_receivers(struct buffer *out, const struct recording *r, const struct packet *p) {
    buffer_text(out, ",\"to_lanes\":[");
    if (p->receivers == NO_INDEX && p->to_lane != LANE_NONE)
        json_string(out, slice_of(event_program(r, p->to_lane)));
    for (size_t i = p->receivers; p->receivers != NO_INDEX && r->receivers[i] != LANE_NONE; i++) {
        buffer_text(out, i == p->receivers ? "" : ",");
        json_string(out, slice_of(event_program(r, r->receivers[i])));
    }
    buffer_text(out, "]");
}

void event_packet(struct buffer *out, const struct recording *r, const struct event *e) {
    const struct packet *p = &e->packet;
    char text[32];

    event_lane(out, r, "from_", p->from_lane);
    event_lane(out, r, "to_", p->to_lane);
    put_receivers(out, r, p);
    put_host(out, r, "from_host", p->from_host);
    put_host(out, r, "to_host", p->to_host);
    json_text(out, "proto", packet_protocol_name((enum protocol)p->proto));
    put_datagram(out, r, e);
    if (p->proto == PROTO_ICMP || p->proto == PROTO_ICMPV6) {
        json_number(out, "type", p->type);
        json_number(out, "code", p->code);
        json_text(out, "name", packet_icmp_name((enum protocol)p->proto, p->type, p->code, text));
    } else if (p->proto == PROTO_ARP) {
        json_text(out, "name", p->type == 1 ? "request" : "reply");
    } else if (p->proto == PROTO_IGMP) {
        json_number(out, "type", p->type);
    }
    if (p->about == NO_INDEX)
        return;
    buffer_text(out, ",\"about\":{\"proto\":");
    struct event quoted = quoted_datagram(r, p);
    json_string(out, slice_of(packet_protocol_name((enum protocol)quoted.packet.proto)));
    put_datagram(out, r, &quoted);
    buffer_text(out, "}");
}
