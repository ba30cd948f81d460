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
    TYPE_SERVICE_VLAN = 0x88a8, ///< the outer one of two, IEEE 802.1ad
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
    out->length = (uint32_t)out->payload.size + out->missing;
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
    out->type = u8(s, 0);
    out->code = u8(s, 1);
    if (out->type == 128 || out->type == 129)
        out->number = u32(s, 4);
    if (out->type >= 1 && out->type <= 4)
        decode_quote(slice_skip(s, 8), out, quoted);
    if (out->type == 135 || out->type == 136)
        out->target = address_at(s, 8, ADDRESS_IPV6, 16);
    return true;
}

/** A packet within a packet: what it carries is told, from its own sender to its own destination. */
static bool decode_tunnel(struct slice s, struct packet_view *out, struct packet_view *quoted) {
    if (out->fragmented || out->tunnels++ >= MAX_TUNNELS)
        return true;
    return decode_ip(s, out, quoted);
}

/** @see RFC 2784, RFC 2890 */
static bool decode_gre(struct slice s, struct packet_view *out, struct packet_view *quoted) {
    uint16_t flags = u16(s, 0);
    uint16_t type = u16(s, 2);
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
        out->type = u8(s, 0);
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
    if (first && out->protocol == IP_AUTHENTICATION) {
        out->protocol = u8(s, 0);
        s = slice_skip(s, ((size_t)u8(s, 1) + 2) * 4);
    }
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
        } else if (next == 0 || next == 43 || next == 60 || next == IP_AUTHENTICATION) {
            size_t units = u8(s, 1);
            size_t size = next == IP_AUTHENTICATION ? (units + 2) * 4 : (units + 1) * 8; // RFC 4302 section 2.2
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

bool packet_knows_link(uint16_t link) {
    static const uint16_t known[] = {LINK_NULL,      LINK_ETHERNET, LINK_RAW,  LINK_LOOP,
                                     LINK_LINUX_SLL, LINK_IPV4,     LINK_IPV6, LINK_LINUX_SLL2};

    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (known[i] == link)
            return true;
    return false;
}

/** What stands before the packet, as far as a VLAN's tags. */
struct front {
    uint16_t type; ///< Ethernet's name for what follows
    size_t size;   ///< of the headers, in bytes
};

static uint16_t type_of_ip(struct slice s, size_t at) {
    return u8(s, at) >> 4 == 6 ? TYPE_IPV6 : TYPE_IPV4;
}

static void set_direction(struct packet_view *out, unsigned direction, unsigned hardware) {
    out->direction = direction <= FROM_US ? (enum direction)direction : DIRECTION_UNKNOWN;
    out->loopback = hardware == 772; // ARPHRD_LOOPBACK
}

static struct front front_of(uint16_t link, struct slice s, struct packet_view *out) {
    struct front front = {0};

    switch (link) {
    case LINK_LINUX_SLL2:
        set_direction(out, u8(s, 10), u16(s, 8));
        front = (struct front){u16(s, 0), 20};
        break;
    case LINK_LINUX_SLL:
        set_direction(out, u16(s, 0), u16(s, 2));
        front = (struct front){u16(s, 14), 16};
        break;
    case LINK_ETHERNET:
        front = (struct front){u16(s, 12), 14};
        break;
    case LINK_NULL: // AF_INET6 has another number on each system
    case LINK_LOOP:
        out->loopback = true;
        front = (struct front){type_of_ip(s, 4), 4};
        break;
    default:
        front = (struct front){type_of_ip(s, 0), 0};
    }
    while (front.type == TYPE_VLAN || front.type == TYPE_SERVICE_VLAN) {
        front.type = u16(s, front.size + 2);
        front.size += 4;
    }
    return front;
}

bool packet_decode(uint16_t link, struct slice bytes, struct packet_view *out, struct packet_view *quoted) {
    bool done = false;

    *out = (struct packet_view){.direction = DIRECTION_UNKNOWN};
    if (!packet_knows_link(link))
        return false;
    struct front front = front_of(link, bytes, out);
    if (bytes.size <= front.size)
        return false;
    struct slice s = slice_skip(bytes, front.size);
    if (front.type == TYPE_IPV4 || front.type == TYPE_IPV6)
        done = decode_ip(s, out, quoted);
    else if (front.type == TYPE_ARP)
        done = decode_arp(s, out);
    else
        out->protocol = front.type;
    out->identity = identify(s, out);
    return done;
}
