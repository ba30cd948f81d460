/**
 * @file
 * Reading pcapng: our own files, and those of other tools as far as they hold whole packets with times.
 */
#ifndef SOCKSCOPE_PCAPNG_READ_H
#define SOCKSCOPE_PCAPNG_READ_H

#include "../base/text.h"

/** Functions that are called for what the file holds, in its order. Each may be NULL. */
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
 * @param visitor its functions are called; the slices that they get are parts of the file
 * @param trouble set to words when the file ends or goes wrong before its end; else NULL
 * @return how many packets were read
 */
size_t pcapng_read(struct slice content, const struct pcapng_visitor *visitor, const char **trouble);

#endif
