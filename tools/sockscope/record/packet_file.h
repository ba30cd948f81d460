/**
 * @file
 * The pcapng file of a capture. libpcap writes the older pcap only, which can neither name interfaces nor count
 * losses.
 *
 * https://www.ietf.org/archive/id/draft-ietf-opsawg-pcapng-03.html
 */
#ifndef SOCKSCOPE_PACKET_FILE_H
#define SOCKSCOPE_PACKET_FILE_H

#include <stdio.h>

#include "../base/text.h"

/** A file that is being written. Apart from `only`, it starts as {0}. */
struct packet_file {
    FILE *out;                 ///< where it goes
    uint32_t *interfaces;      ///< those that have a block in the file, by the kernel's number; owned
    size_t interface_count;    ///< how many
    size_t interface_capacity; ///< how many fit
    uint64_t written;          ///< packets in the file
    unsigned only;             ///< the one interface to write about, by the kernel's number; 0 for all
    bool failed;               ///< something could not be written
};

/**
 * Begins the file with the interfaces that there are now: a reader learns the host's addresses from them. Exits
 * with a message when that cannot be done.
 * @param f     the file
 * @param path  where it is made
 * @param netns inode of the network namespace, kept as the section's comment; 0 when it is not known
 * @see getifaddrs(3)
 */
void packet_file_open(struct packet_file *f, const char *path, uint64_t netns);

/**
 * Writes a packet, and before it its interface when that is new. A failure is kept in `failed`.
 * @param f            the file
 * @param kernel_index where it was seen: the interface's number in the kernel
 * @param nanoseconds  when, since 1970
 * @param bytes        the packet, from its cooked header (SLL2) on
 * @param captured     how many bytes that is
 * @param length       how many it had on the wire, the cooked header included
 */
void packet_file_add(struct packet_file *f, uint32_t kernel_index, uint64_t nanoseconds, const void *bytes,
                     uint32_t captured, uint32_t length);

/**
 * Hands over to the system what was written so far. A failure is kept in `failed`.
 * @param f the file
 */
void packet_file_flush(struct packet_file *f);

/**
 * Says how many packets were lost, and ends the file. A failure is kept in `failed`.
 * @param f           the file
 * @param nanoseconds the time now, since 1970
 * @param lost        packets that are missing in the file
 */
void packet_file_close(struct packet_file *f, uint64_t nanoseconds, uint64_t lost);

#endif
