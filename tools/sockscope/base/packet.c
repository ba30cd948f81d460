/**
 * @file
 * Taking packets apart: cooked or Ethernet header, IPv4 or IPv6, UDP, TCP, ICMP, ARP, IGMP.
 */
#include "packet.h"

#include "pcapng.h"

#include <string.h>

enum {
    TYPE_IPV4 = 0x0800,
    TYPE_ARP = 0x0806,
    TYPE_IPV6 = 0x86dd,
    TYPE_VLAN = 0x8100,
    IP_ICMP = 1,
    IP_IGMP = 2,
    IP_TCP = 6,
    IP_UDP = 17,
    IP_ICMPV6 = 58,
    MAX_HEADERS = 8, ///< IPv6 extension headers that are followed
};

static uint8_t u8(struct slice s, size_t at) {
    return at < s.size ? (uint8_t)s.at[at] : 0;
}

static uint16_t u16(struct slice s, size_t at) {
    return (uint16_t)(u8(s, at) << 8 | u8(s, at + 1));
}

static uint32_t u32(struct slice s, size_t at) {
    return (uint32_t)u16(s, at) << 16 | u16(s, at + 2);
}

static struct address address_at(struct slice s, size_t at, uint8_t kind, size_t size) {
    struct address a = {.kind = kind};

    if (at + size > s.size)
        return (struct address){0};
    memcpy(a.ip, s.at + at, size);
    return a;
}

/** Cuts a slice to the length that a header claims. */
static struct slice claimed(struct slice s, size_t length, struct packet_view *out) {
    if (length > s.size)
        out->truncated = true;
    else
        s.size = length;
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
    uint16_t length = u16(s, 4);
    set_ports(out, u16(s, 0), u16(s, 2));
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
    size_t header = (size_t)(u8(s, 12) >> 4) * 4;

    if (s.size < 20 || header < 20) {
        out->truncated = true;
        return false;
    }
    set_ports(out, u16(s, 0), u16(s, 2));
    out->proto = PROTO_TCP;
    out->number = u32(s, 4);
    out->flags = u8(s, 13);
    out->payload = slice_skip(s, header);
    out->length = (uint32_t)out->payload.size;
    return true;
}

static bool decode_ip(struct slice s, struct packet_view *out, struct packet_view *quoted);

/** An ICMP error carries the beginning of the packet that it is about. */
static void decode_quote(struct slice s, struct packet_view *out, struct packet_view *quoted) {
    if (!quoted)
        return; // a quote inside a quote
    *quoted = (struct packet_view){0};
    out->quotes = decode_ip(s, quoted, NULL) && (quoted->src.has_port || quoted->proto == PROTO_ICMP);
}

static bool decode_icmp(struct slice s, struct packet_view *out, struct packet_view *quoted) {
    if (s.size < 8) {
        out->truncated = true;
        return false;
    }
    out->proto = PROTO_ICMP;
    out->type = u8(s, 0);
    out->code = u8(s, 1);
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
    out->type = u8(s, 0);
    out->code = u8(s, 1);
    if (out->type >= 1 && out->type <= 4)
        decode_quote(slice_skip(s, 8), out, quoted);
    if (out->type == 135 || out->type == 136)
        out->target = address_at(s, 8, ADDRESS_IPV6, 16);
    return true;
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
        out->type = u8(s, 0);
        return s.size >= 8;
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
    size_t header = (size_t)(u8(s, 0) & 15) * 4;
    uint16_t fragment = u16(s, 6);
    uint16_t total = u16(s, 2);

    if (s.size < 20 || header < 20 || header > s.size) {
        out->truncated = true;
        return false;
    }
    out->src = address_at(s, 12, ADDRESS_IPV4, 4);
    out->dst = address_at(s, 16, ADDRESS_IPV4, 4);
    out->protocol = u8(s, 9);
    if (total >= header) // 0 for what the network card is still to cut into packets
        s = claimed(s, total, out);
    s = slice_skip(s, header);
    out->fragmented = (fragment & 0x3fff) != 0;
    bool first = (fragment & 0x1fff) == 0;
    return first ? decode_transport(s, out, quoted) : later_fragment(s, out);
}

static bool decode_ipv6(struct slice s, struct packet_view *out, struct packet_view *quoted) {
    if (s.size < 40) {
        out->truncated = true;
        return false;
    }
    out->src = address_at(s, 8, ADDRESS_IPV6, 16);
    out->dst = address_at(s, 24, ADDRESS_IPV6, 16);
    uint16_t length = u16(s, 4);
    uint8_t next = u8(s, 6);
    s = slice_skip(s, 40);
    if (length > 0)
        s = claimed(s, length, out);
    for (int i = 0; i < MAX_HEADERS; i++) {
        if (next == 44) {
            uint16_t offset = u16(s, 2);
            out->fragmented = (offset & 0xfff9) != 0;
            out->number = u32(s, 4);
            next = u8(s, 0);
            s = slice_skip(s, 8);
            out->protocol = next;
            if (offset >> 3)
                return later_fragment(s, out);
        } else if (next == 0 || next == 43 || next == 60) {
            size_t size = ((size_t)u8(s, 1) + 1) * 8;
            next = u8(s, 0);
            s = slice_skip(s, size);
        } else {
            break;
        }
    }
    out->protocol = next;
    return decode_transport(s, out, quoted);
}

static bool decode_ip(struct slice s, struct packet_view *out, struct packet_view *quoted) {
    switch (u8(s, 0) >> 4) {
    case 4: {
        bool done = decode_ipv4(s, out, quoted);
        if (out->fragmented)
            out->number = u16(s, 4);
        return done;
    }
    case 6:
        return decode_ipv6(s, out, quoted);
    default:
        return false;
    }
}

static bool decode_arp(struct slice s, struct packet_view *out) {
    if (s.size < 28 || u16(s, 2) != TYPE_IPV4 || u8(s, 4) != 6 || u8(s, 5) != 4)
        return false;
    out->proto = PROTO_ARP;
    out->type = (uint8_t)u16(s, 6);
    out->src = address_at(s, 14, ADDRESS_IPV4, 4);
    out->dst = out->target = address_at(s, 24, ADDRESS_IPV4, 4);
    return true;
}

/** A number for the packet's contents. The checksum is left out: a network card may fill it in on the way. */
static uint64_t identify(struct slice s, const struct packet_view *out) {
    size_t header = u8(s, 0) >> 4 == 4 ? (size_t)(u8(s, 0) & 15) * 4 : 40;
    size_t checksum = SIZE_MAX;
    uint64_t hash = 1469598103934665603u;

    if (out->proto == PROTO_UDP)
        checksum = header + 6;
    else if (out->proto == PROTO_TCP)
        checksum = header + 16;
    for (size_t i = 0; i < s.size; i++)
        if (i != checksum && i != checksum + 1)
            hash = (hash ^ (uint8_t)s.at[i]) * 1099511628211u;
    return hash;
}

bool packet_decode(uint16_t link, struct slice bytes, struct packet_view *out, struct packet_view *quoted) {
    uint16_t type = 0;
    size_t header = 0;
    bool done = false;

    *out = (struct packet_view){.direction = DIRECTION_UNKNOWN};
    if (link == LINK_LINUX_SLL2) {
        type = u16(bytes, 0);
        out->direction = u8(bytes, 10) <= FROM_US ? (enum direction)u8(bytes, 10) : DIRECTION_UNKNOWN;
        out->loopback = u16(bytes, 8) == 772; // ARPHRD_LOOPBACK
        header = 20;
    } else if (link == LINK_ETHERNET) {
        type = u16(bytes, 12);
        header = 14;
        if (type == TYPE_VLAN) {
            type = u16(bytes, 16);
            header = 18;
        }
    } else if (link == LINK_RAW) {
        type = u8(bytes, 0) >> 4 == 6 ? TYPE_IPV6 : TYPE_IPV4;
    } else {
        return false;
    }
    if (bytes.size <= header)
        return false;
    struct slice s = slice_skip(bytes, header);
    if (type == TYPE_IPV4 || type == TYPE_IPV6)
        done = decode_ip(s, out, quoted);
    else if (type == TYPE_ARP)
        done = decode_arp(s, out);
    else
        out->protocol = type;
    out->identity = identify(s, out);
    return done;
}
