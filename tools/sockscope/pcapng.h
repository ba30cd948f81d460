/**
 * @file
 * The pcapng file format, as much of it as a capture needs.
 *
 * https://www.ietf.org/archive/id/draft-ietf-opsawg-pcapng-03.html
 */
#ifndef SOCKSCOPE_PCAPNG_H
#define SOCKSCOPE_PCAPNG_H

#include <stdio.h>

#include "text.h"

/** Block types and the numbers inside them that both the writer and the reader use. */
enum {
    PCAPNG_SECTION = 0x0a0d0d0a, ///< section header block
    PCAPNG_INTERFACE = 1,        ///< interface description block
    PCAPNG_STATISTICS = 5,       ///< interface statistics block
    PCAPNG_PACKET = 6,           ///< enhanced packet block
    PCAPNG_MAGIC = 0x1a2b3c4d,   ///< of a section, in the byte order of its writer
    OPTION_COMMENT = 1,          ///< of any block
    OPTION_NAME = 2,             ///< of an interface: if_name
    OPTION_IPV4 = 4,             ///< of an interface: an address and its netmask, 8 bytes
    OPTION_IPV6 = 5,             ///< of an interface: an address and its prefix length, 17 bytes
    OPTION_RESOLUTION = 9,       ///< of an interface: if_tsresol
    OPTION_APPLICATION = 4,      ///< of a section: who wrote it
    OPTION_RECEIVED = 4,         ///< of statistics: isb_ifrecv
    OPTION_DROPPED = 5,          ///< of statistics: isb_ifdrop
    LINK_ETHERNET = 1,           ///< link types are those of https://www.tcpdump.org/linktypes.html
    LINK_RAW = 101,              ///< IP without a header before it
    LINK_LINUX_SLL2 = 276,       ///< Linux's cooked header, version 2, 20 bytes
};

/**
 * Begins a file.
 * @param out   the file
 * @param netns inode of the network namespace, kept as the section's comment; 0 when it is not known
 * @return false when it could not be written; errno says why
 */
bool pcapng_write_section(FILE *out, uint64_t netns);

/**
 * Adds an interface with the addresses that it has now. Interfaces count from 0 in the order of their blocks.
 * @param out  the file
 * @param name the interface's name
 * @param link the link type of its packets
 * @return false when it could not be written; errno says why
 * @see getifaddrs(3)
 */
bool pcapng_write_interface(FILE *out, const char *name, uint16_t link);

/**
 * Adds a packet.
 * @param out         the file
 * @param interface   where it was seen: the interface's number in the file
 * @param nanoseconds when, since 1970
 * @param bytes       the packet, from its link type's header on
 * @param captured    how many bytes that is
 * @param length      how many it had on the wire
 * @return false when it could not be written; errno says why
 */
bool pcapng_write_packet(FILE *out, uint32_t interface, uint64_t nanoseconds, const void *bytes,
                         uint32_t captured, uint32_t length);

/**
 * Says at the end what was received and what was lost.
 * @param out         the file
 * @param interface   the interface's number in the file
 * @param nanoseconds the time now, since 1970
 * @param received    packets that came, those that were lost included
 * @param lost        packets for which there was no room
 * @return false when it could not be written; errno says why
 */
bool pcapng_write_statistics(FILE *out, uint32_t interface, uint64_t nanoseconds, uint64_t received,
                             uint64_t lost);

/** Whom a reader tells what it finds, in the order of the file. Each function may be NULL. */
struct pcapng_visitor {
    void *user; ///< handed to each of the functions
    /** A section's comment. */
    void (*section)(void *user, struct slice comment);
    /** An address of an interface: the value of an @ref OPTION_IPV4 or @ref OPTION_IPV6. */
    void (*address)(void *user, uint16_t option, struct slice value);
    /** A packet: its link type, its time since 1970, what was captured of it, its length on the wire. */
    void (*packet)(void *user, uint16_t link, int64_t nanoseconds, struct slice bytes, uint32_t length);
    /** How many packets an interface has lost. */
    void (*lost)(void *user, uint64_t packets);
};

/**
 * Reads a file's blocks.
 * @param content the file
 * @param visitor is told what is in it; the slices that it gets are parts of the file
 * @param trouble set to words when the file ends or goes wrong before its end; else NULL
 * @return how many packets were read
 */
size_t pcapng_read(struct slice content, const struct pcapng_visitor *visitor, const char **trouble);

#endif
