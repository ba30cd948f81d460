/**
 * @file
 * From IP on: IPv4 or IPv6, UDP, TCP, ICMP, IGMP, and packets within packets.
 */
#include "packet_ip.h"

#include <string.h>

enum {
    IP_IPIP = 4,
    IP_IPV6 = 41, ///< IPv6 within IP
    IP_GRE = 47,
    IP_AUTHENTICATION = 51,
    IP_ICMP = 1,
    IP_IGMP = 2,
    IP_TCP = 6,
    IP_UDP = 17,
    IP_ICMPV6 = 58,
    MAX_HEADERS = 64, ///< IPv6 extension headers that are followed
    MAX_TUNNELS = 4,  ///< packets within packets
};

uint8_t packet_u8(struct slice s, size_t at) {
    return at < s.size ? (uint8_t)s.at[at] : 0;
}

uint16_t packet_u16(struct slice s, size_t at) {
    return (uint16_t)(packet_u8(s, at) << 8 | packet_u8(s, at + 1));
}

struct address packet_address(struct slice s, size_t at, uint8_t kind, size_t size) {
    struct address a = {.kind = kind};

    if (at + size > s.size)
        return (struct address){0};
    memcpy(a.ip, s.at + at, size);
    return a;
}

static uint32_t u32(struct slice s, size_t at) {
    return (uint32_t)packet_u16(s, at) << 16 | packet_u16(s, at + 2);
}

/** Cuts a slice to the length that a header claims. */
static struct slice claimed(struct slice s, size_t length, struct packet_view *out) {
    if (length > s.size) {
        out->truncated = true;
        out->missing = (uint32_t)(length - s.size);
    } else {
        s.size = length;
    }
    return s;
}

static void set_ports(struct packet_view *out, uint16_t from, uint16_t to) {
    out->src.port = from;
    out->dst.port = to;
    out->src.has_port = out->dst.has_port = 1;
}

static bool decode_udp(struct slice s, struct packet_view *out) {
    if (s.size < 8) {
        out->truncated = true;
        return false;
    }
    uint16_t length = packet_u16(s, 4);
    set_ports(out, packet_u16(s, 0), packet_u16(s, 2));
    out->proto = PROTO_UDP;
    out->length = length >= 8 ? length - 8u : (uint32_t)s.size - 8;
    out->payload = slice_skip(s, 8);
    if (out->fragmented) {
        if (out->payload.size > out->length)
            out->payload.size = out->length;
    } else {
        out->payload = claimed(out->payload, out->length, out);
    }
    return true;
}

static bool decode_tcp(struct slice s, struct packet_view *out) {
    size_t header = (size_t)(packet_u8(s, 12) >> 4) * 4;

    if (s.size < 20 || header < 20) {
        out->truncated = true;
        return false;
    }
    set_ports(out, packet_u16(s, 0), packet_u16(s, 2));
    out->proto = PROTO_TCP;
    out->number = u32(s, 4);
    out->flags = packet_u8(s, 13);
    out->payload = slice_skip(s, header);
    out->length = (uint32_t)out->payload.size + out->missing;
    return true;
}

/** An ICMP error carries the beginning of the packet that it is about. */
static void decode_quote(struct slice s, struct packet_view *out, struct packet_view *quoted) {
    if (!quoted)
        return; // a quote inside a quote
    *quoted = (struct packet_view){0};
    out->quotes = packet_decode_ip(s, quoted, NULL) && (quoted->src.has_port || quoted->proto == PROTO_ICMP);
}

static bool decode_icmp(struct slice s, struct packet_view *out, struct packet_view *quoted) {
    if (s.size < 8) {
        out->truncated = true;
        return false;
    }
    out->proto = PROTO_ICMP;
    out->type = packet_u8(s, 0);
    out->code = packet_u8(s, 1);
    if (out->type == 0 || out->type == 8)
        out->number = u32(s, 4);
    if (out->type == 3 || out->type == 4 || out->type == 5 || out->type == 11 || out->type == 12)
        decode_quote(slice_skip(s, 8), out, quoted);
    return true;
}

static bool decode_icmpv6(struct slice s, struct packet_view *out, struct packet_view *quoted) {
    if (s.size < 4) {
        out->truncated = true;
        return false;
    }
    out->proto = PROTO_ICMPV6;
    out->type = packet_u8(s, 0);
    out->code = packet_u8(s, 1);
    if (out->type == 128 || out->type == 129)
        out->number = u32(s, 4);
    if (out->type >= 1 && out->type <= 4)
        decode_quote(slice_skip(s, 8), out, quoted);
    if (out->type == 135 || out->type == 136)
        out->target = packet_address(s, 8, ADDRESS_IPV6, 16);
    return true;
}

/** A packet within a packet: what it carries is told, from its own sender to its own destination. */
static bool decode_tunnel(struct slice s, struct packet_view *out, struct packet_view *quoted) {
    if (out->fragmented || out->tunnels++ >= MAX_TUNNELS)
        return true;
    return packet_decode_ip(s, out, quoted);
}

/** @see RFC 2784, RFC 2890 */
static bool decode_gre(struct slice s, struct packet_view *out, struct packet_view *quoted) {
    uint16_t flags = packet_u16(s, 0);
    uint16_t type = packet_u16(s, 2);
    size_t header = 4 + (flags & 0x8000 ? 4u : 0u) + (flags & 0x2000 ? 4u : 0u) + (flags & 0x1000 ? 4u : 0u);

    if ((flags & 7) != 0 || (type != TYPE_IPV4 && type != TYPE_IPV6))
        return true; // version 1 is PPTP's
    return decode_tunnel(slice_skip(s, header), out, quoted);
}

static bool decode_transport(struct slice s, struct packet_view *out, struct packet_view *quoted) {
    switch (out->protocol) {
    case IP_UDP:
        return decode_udp(s, out);
    case IP_TCP:
        return decode_tcp(s, out);
    case IP_ICMP:
        return decode_icmp(s, out, quoted);
    case IP_ICMPV6:
        return decode_icmpv6(s, out, quoted);
    case IP_IGMP:
        out->proto = PROTO_IGMP;
        out->type = packet_u8(s, 0);
        return s.size >= 8;
    case IP_IPIP:
    case IP_IPV6:
        return decode_tunnel(s, out, quoted);
    case IP_GRE:
        return decode_gre(s, out, quoted);
    default:
        return true;
    }
}

static bool later_fragment(struct slice s, struct packet_view *out) {
    out->proto = PROTO_FRAGMENT;
    out->length = (uint32_t)s.size;
    return true;
}

static bool decode_ipv4(struct slice s, struct packet_view *out, struct packet_view *quoted) {
    size_t header = (size_t)(packet_u8(s, 0) & 15) * 4;
    uint16_t fragment = packet_u16(s, 6);
    uint16_t total = packet_u16(s, 2);

    if (s.size < 20 || header < 20 || header > s.size) {
        out->truncated = true;
        return false;
    }
    out->src = packet_address(s, 12, ADDRESS_IPV4, 4);
    out->dst = packet_address(s, 16, ADDRESS_IPV4, 4);
    out->protocol = packet_u8(s, 9);
    if (total >= header) // 0 for what the network card is still to cut into packets
        s = claimed(s, total, out);
    s = slice_skip(s, header);
    out->fragmented = (fragment & 0x3fff) != 0;
    bool first = (fragment & 0x1fff) == 0;
    if (first && out->protocol == IP_AUTHENTICATION) {
        out->protocol = packet_u8(s, 0);
        s = slice_skip(s, ((size_t)packet_u8(s, 1) + 2) * 4);
    }
    return first ? decode_transport(s, out, quoted) : later_fragment(s, out);
}

static bool decode_ipv6(struct slice s, struct packet_view *out, struct packet_view *quoted) {
    if (s.size < 40) {
        out->truncated = true;
        return false;
    }
    out->src = packet_address(s, 8, ADDRESS_IPV6, 16);
    out->dst = packet_address(s, 24, ADDRESS_IPV6, 16);
    uint16_t length = packet_u16(s, 4);
    uint8_t next = packet_u8(s, 6);
    s = slice_skip(s, 40);
    if (length > 0)
        s = claimed(s, length, out);
    for (int i = 0; i < MAX_HEADERS; i++) {
        if (next == 44) {
            uint16_t offset = packet_u16(s, 2);
            out->fragmented = (offset & 0xfff9) != 0;
            out->number = u32(s, 4);
            next = packet_u8(s, 0);
            s = slice_skip(s, 8);
            out->protocol = next;
            if (offset >> 3)
                return later_fragment(s, out);
        } else if (next == 0 || next == 43 || next == 60 || next == IP_AUTHENTICATION) {
            size_t units = packet_u8(s, 1);
            size_t size = next == IP_AUTHENTICATION ? (units + 2) * 4 : (units + 1) * 8; // RFC 4302 section 2.2
            next = packet_u8(s, 0);
            s = slice_skip(s, size);
        } else {
            break;
        }
    }
    out->protocol = next;
    return decode_transport(s, out, quoted);
}

bool packet_decode_ip(struct slice s, struct packet_view *out, struct packet_view *quoted) {
    switch (packet_u8(s, 0) >> 4) {
    case 4: {
        bool done = decode_ipv4(s, out, quoted);
        if (out->fragmented)
            out->number = packet_u16(s, 4);
        return done;
    }
    case 6:
        return decode_ipv6(s, out, quoted);
    default:
        return false;
    }
}
