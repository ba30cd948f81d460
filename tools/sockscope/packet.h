/**
 * @file
 * Packets: from bytes to what they say. The bytes are believed only as far as they reach.
 */
#ifndef SOCKSCOPE_PACKET_H
#define SOCKSCOPE_PACKET_H

#include "address.h"

/** What a packet carries. */
enum protocol {
    PROTO_OTHER,
    PROTO_UDP,
    PROTO_TCP,
    PROTO_ICMP,
    PROTO_ICMPV6,
    PROTO_ARP,
    PROTO_IGMP,
    PROTO_FRAGMENT, ///< a later fragment: no ports, only addresses
};

/** How a packet passed the interface, in the kernel's numbers. */
enum direction { TO_US, TO_ALL, TO_GROUP, TO_OTHERS, FROM_US, DIRECTION_UNKNOWN };

/** TCP's flags. */
enum { TCP_FIN = 1, TCP_SYN = 2, TCP_RST = 4, TCP_PSH = 8, TCP_ACK = 16, TCP_URG = 32 };

/** A packet, taken apart. */
struct packet_view {
    enum protocol proto;
    enum direction direction;
    struct address src;
    struct address dst;
    struct slice payload; ///< what UDP or TCP carries, as far as it was captured
    uint32_t length;      ///< its length on the wire
    uint32_t number;      ///< TCP's sequence number, or IP's identification of a fragment
    uint16_t protocol;    ///< IP's protocol number, or the Ethernet type of what is not IP
    uint8_t type;         ///< of ICMP, ICMPv6, IGMP; of ARP 1 request, 2 reply
    uint8_t code;
    uint8_t flags;         ///< of TCP
    bool fragmented;       ///< it is a fragment
    bool truncated;        ///< it ends before its headers say so
    bool loopback;         ///< it was seen on the loopback interface
    bool quotes;           ///< an ICMP message about a datagram
    struct address target; ///< whom ARP or neighbour discovery asks for
    uint64_t identity;     ///< equal for the same packet seen in two places
};

/**
 * Takes a captured packet apart.
 * @param link   pcapng's link type
 * @param bytes  the packet
 * @param out    filled
 * @param quoted the datagram that an ICMP message is about; filled when out->quotes
 * @return false when nothing could be made of it
 */
bool packet_decode(uint16_t link, struct slice bytes, struct packet_view *out, struct packet_view *quoted);

/** What an ICMP message says, in words ("port unreachable"), or "type 3". Buffer of 32 bytes. */
const char *packet_icmp_name(enum protocol proto, uint8_t type, uint8_t code, char text[static 32]);

/** TCP's flags as "SYN,ACK". Buffer of 32 bytes. */
const char *packet_tcp_flags(uint8_t flags, char text[static 32]);

#endif
