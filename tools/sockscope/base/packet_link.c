/**
 * @file
 * Taking packets apart: the headers of the link, ARP, and what tells that two sights are of one packet.
 */
#include "packet.h"

#include "packet_ip.h"
#include "pcapng.h"

#include <string.h>

enum {
    TYPE_ARP = 0x0806,
    TYPE_VLAN = 0x8100,
    TYPE_SERVICE_VLAN = 0x88a8, ///< the outer one of two, IEEE 802.1ad
};

static bool decode_arp(struct slice s, struct packet_view *out) {
    if (s.size < 28 || packet_u16(s, 2) != TYPE_IPV4 || packet_u8(s, 4) != 6 || packet_u8(s, 5) != 4)
        return false;
    out->proto = PROTO_ARP;
    out->type = (uint8_t)packet_u16(s, 6);
    out->src = packet_address(s, 14, ADDRESS_IPV4, 4);
    out->dst = out->target = packet_address(s, 24, ADDRESS_IPV4, 4);
    return true;
}

/** A number for the packet's contents. The checksum is left out: a network card may fill it in on the way. */
static uint64_t identify(struct slice s, const struct packet_view *out) {
    size_t header = packet_u8(s, 0) >> 4 == 4 ? (size_t)(packet_u8(s, 0) & 15) * 4 : 40;
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
    return packet_u8(s, at) >> 4 == 6 ? TYPE_IPV6 : TYPE_IPV4;
}

static void set_direction(struct packet_view *out, unsigned direction, unsigned hardware) {
    out->direction = direction <= FROM_US ? (enum direction)direction : DIRECTION_UNKNOWN;
    out->loopback = hardware == 772; // ARPHRD_LOOPBACK
}

static struct front front_of(uint16_t link, struct slice s, struct packet_view *out) {
    struct front front = {0};

    switch (link) {
    case LINK_LINUX_SLL2:
        set_direction(out, packet_u8(s, 10), packet_u16(s, 8));
        front = (struct front){packet_u16(s, 0), 20};
        break;
    case LINK_LINUX_SLL:
        set_direction(out, packet_u16(s, 0), packet_u16(s, 2));
        front = (struct front){packet_u16(s, 14), 16};
        break;
    case LINK_ETHERNET:
        front = (struct front){packet_u16(s, 12), 14};
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
        front.type = packet_u16(s, front.size + 2);
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
        done = packet_decode_ip(s, out, quoted);
    else if (front.type == TYPE_ARP)
        done = decode_arp(s, out);
    else
        out->protocol = front.type;
    out->identity = identify(s, out);
    return done;
}
