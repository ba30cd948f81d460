/**
 * @file
 * The numbers of the pcapng file format, as many of them as a capture needs.
 *
 * https://www.ietf.org/archive/id/draft-ietf-opsawg-pcapng-03.html
 */
#ifndef SOCKSCOPE_PCAPNG_H
#define SOCKSCOPE_PCAPNG_H

/** Block types and the numbers inside them that the writer and the reader use. */
enum {
    PCAPNG_SECTION = 0x0a0d0d0a, ///< section header block
    PCAPNG_INTERFACE = 1,        ///< interface description block
    PCAPNG_OLD_PACKET = 2,       ///< packet block, which the enhanced one replaced
    PCAPNG_SIMPLE_PACKET = 3,    ///< a packet without a time
    PCAPNG_STATISTICS = 5,       ///< interface statistics block
    PCAPNG_PACKET = 6,           ///< enhanced packet block
    PCAPNG_MAGIC = 0x1a2b3c4d,   ///< of a section, in the byte order of its writer
    OPTION_COMMENT = 1,          ///< of any block
    OPTION_NAME = 2,             ///< of an interface: if_name
    OPTION_IPV4 = 4,             ///< of an interface: an address and its netmask, 8 bytes
    OPTION_IPV6 = 5,             ///< of an interface: an address and its prefix length, 17 bytes
    OPTION_RESOLUTION = 9,       ///< of an interface: if_tsresol
    OPTION_TIME_OFFSET = 14,     ///< of an interface: if_tsoffset, seconds to add to each time
    OPTION_APPLICATION = 4,      ///< of a section: who wrote it
    OPTION_RECEIVED = 4,         ///< of statistics: isb_ifrecv
    OPTION_DROPPED = 5,          ///< of statistics: isb_ifdrop
    LINK_NULL = 0,               ///< BSD's loopback: the address family in the writer's byte order
    LINK_ETHERNET = 1,           ///< link types are those of https://www.tcpdump.org/linktypes.html
    LINK_RAW = 101,              ///< IP without a header before it
    LINK_LOOP = 108,             ///< OpenBSD's loopback: the address family in network byte order
    LINK_LINUX_SLL = 113,        ///< Linux's cooked header, version 1, 16 bytes
    LINK_IPV4 = 228,             ///< as @ref LINK_RAW
    LINK_IPV6 = 229,             ///< as @ref LINK_RAW
    LINK_LINUX_SLL2 = 276,       ///< Linux's cooked header, version 2, 20 bytes
};

#endif
