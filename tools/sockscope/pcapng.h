/**
 * @file
 * The pcapng file format, as much of it as a capture needs:
 * https://www.ietf.org/archive/id/draft-ietf-opsawg-pcapng-03.html
 */
#ifndef SOCKSCOPE_PCAPNG_H
#define SOCKSCOPE_PCAPNG_H

#include <stdio.h>

#include "text.h"

/** Block types and the numbers inside them that both the writer and the reader use. */
enum {
    PCAPNG_SECTION = 0x0a0d0d0a,
    PCAPNG_INTERFACE = 1,
    PCAPNG_SIMPLE = 3,
    PCAPNG_STATISTICS = 5,
    PCAPNG_PACKET = 6,
    PCAPNG_MAGIC = 0x1a2b3c4d,
    OPTION_COMMENT = 1,
    OPTION_NAME = 2,
    OPTION_IPV4 = 4,
    OPTION_IPV6 = 5,
    OPTION_RESOLUTION = 9,
    OPTION_APPLICATION = 4,
    OPTION_RECEIVED = 4,
    OPTION_DROPPED = 5,
    LINK_ETHERNET = 1,
    LINK_RAW = 101,
    LINK_LINUX_SLL2 = 276,
    LINK_NULL = 0,
};

/** Begins a file. @param netns inode of the network namespace, kept as the section's comment */
bool pcapng_write_section(FILE *out, uint64_t netns);
/** Adds an interface with the addresses it has now. Interfaces count from 0 in the order of their blocks. */
bool pcapng_write_interface(FILE *out, const char *name, uint16_t link);
/** Adds a packet. */
bool pcapng_write_packet(FILE *out, uint32_t interface, uint64_t nanoseconds, const void *bytes,
                         uint32_t captured, uint32_t length);
/** Says at the end what was received and what was lost. */
bool pcapng_write_statistics(FILE *out, uint32_t interface, uint64_t nanoseconds, uint64_t received,
                             uint64_t lost);

/** What a reader finds; each function may be NULL. */
struct pcapng_visitor {
    void *user;
    void (*section)(void *user, struct slice comment);
    void (*address)(void *user, uint16_t option, struct slice value);
    void (*packet)(void *user, uint16_t link, int64_t nanoseconds, struct slice bytes, uint32_t length);
    void (*lost)(void *user, uint64_t packets);
};

/**
 * Reads a file's blocks.
 * @param content the file
 * @param visitor is told what is in it
 * @param trouble set to words when the file ends or goes wrong before its end; else NULL
 * @return how many packets were read
 */
size_t pcapng_read(struct slice content, const struct pcapng_visitor *visitor, const char **trouble);

#endif
