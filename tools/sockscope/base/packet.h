/**
 * @file
 * Packets: from bytes to what they say. The bytes are believed only as far as they reach.
 */
#ifndef SOCKSCOPE_PACKET_H
#define SOCKSCOPE_PACKET_H

#include "address.h"

/** What a packet carries. */
enum protocol {
    PROTO_OTHER,    ///< none of the following
    PROTO_UDP,      ///< RFC 768
    PROTO_TCP,      ///< RFC 9293
    PROTO_ICMP,     ///< RFC 792
    PROTO_ICMPV6,   ///< RFC 4443, and neighbour discovery of RFC 4861
    PROTO_ARP,      ///< RFC 826
    PROTO_IGMP,     ///< RFC 3376
    PROTO_FRAGMENT, ///< a later fragment: no ports, only addresses
};

/** How a packet passed the interface, in the kernel's numbers: `sll_pkttype` of packet(7). */
enum direction {
    TO_US,             ///< PACKET_HOST
    TO_ALL,            ///< PACKET_BROADCAST
    TO_GROUP,          ///< PACKET_MULTICAST
    TO_OTHERS,         ///< PACKET_OTHERHOST
    FROM_US,           ///< PACKET_OUTGOING
    DIRECTION_UNKNOWN, ///< the capture does not tell
};

/** TCP's flags, see RFC 9293 section 3.1. */
enum { TCP_FIN = 1, TCP_SYN = 2, TCP_RST = 4, TCP_PSH = 8, TCP_ACK = 16, TCP_URG = 32 };

/** A packet, taken apart. What it does not have is 0. */
struct packet_view {
    enum protocol proto;      ///< what it carries
    enum direction direction; ///< where it was going
    struct address src;       ///< the sender
    struct address dst;       ///< the destination
    struct slice payload;     ///< what UDP or TCP carries, as far as it was captured; not a copy
    uint32_t length;          ///< the payload's length on the wire, in bytes
    uint32_t missing;         ///< bytes at the end that its headers claim and that were not captured
    uint32_t number;   ///< TCP's sequence number, an echo's identifier and number, IP's identification of a fragment
    uint16_t protocol; ///< IP's protocol number, or the Ethernet type when it is not IP
    uint8_t type;      ///< of ICMP, ICMPv6, IGMP; of ARP 1 request, 2 reply
    uint8_t code;      ///< of ICMP, ICMPv6
    uint8_t flags;     ///< of TCP
    uint8_t tunnels;   ///< how many packets it was in
    bool fragmented;   ///< it is a fragment
    bool truncated;    ///< its headers claim more bytes than were captured
    bool loopback;     ///< it was seen on the loopback interface
    bool quotes;       ///< an ICMP message about a datagram
    struct address target; ///< the address that ARP or neighbour discovery asks for
    uint64_t identity;     ///< equal for the same packet seen in two places
};

/**
 * Tells whether packets of a link type can be taken apart.
 * @param link pcapng's link type
 * @return true when they can
 */
bool packet_knows_link(uint16_t link);

/**
 * Takes a captured packet apart.
 * @param link   pcapng's link type, such as @ref LINK_LINUX_SLL2
 * @param bytes  the packet
 * @param out    filled
 * @param quoted the datagram that an ICMP message is about; filled when out->quotes
 * @return false when nothing could be made of it
 */
bool packet_decode(uint16_t link, struct slice bytes, struct packet_view *out, struct packet_view *quoted);

/**
 * Names what a packet carries, as events have it: `UDP`, `ICMPv6`, ...
 * @param proto the protocol
 * @return its name
 */
const char *packet_protocol_name(enum protocol proto);

/**
 * Says in words what an ICMP message says: "port unreachable", or "type 3 code 99" when it has no name here.
 * @param proto @ref PROTO_ICMP or @ref PROTO_ICMPV6
 * @param type  its type
 * @param code  its code
 * @param text  where to write: 32 bytes
 * @return text
 * @see IANA's "ICMP Type Numbers" and "ICMPv6 type Numbers"
 */
const char *packet_icmp_name(enum protocol proto, uint8_t type, uint8_t code, char text[static 32]);

/**
 * Names the error that an ICMP message leaves in the socket that it is about.
 * @param proto @ref PROTO_ICMP or @ref PROTO_ICMPV6
 * @param type  its type
 * @param code  its code
 * @return the symbol, such as `ECONNREFUSED`; NULL when it leaves none
 * @see `icmp_err_convert` in net/ipv4/icmp.c, `icmpv6_err_convert()` in net/ipv6/icmp.c
 */
const char *packet_icmp_error(enum protocol proto, uint8_t type, uint8_t code);

/**
 * Writes TCP's flags as `SYN,ACK`.
 * @param flags the flags
 * @param text  where to write: 32 bytes
 * @return text; "" when none is set
 */
const char *packet_tcp_flags(uint8_t flags, char text[static 32]);

#endif
