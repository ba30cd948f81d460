/**
 * @file
 * A running capture and the two ways to get packets from the kernel.
 *
 * A plain packet socket is there in half a millisecond, but holds only as much as a socket may
 * (net.core.rmem_max). libpcap's ring of memory holds bursts of any size, but the kernel needs some 50 ms to
 * make it. Short scenes use the first, floods the second (--buffer).
 */
#ifndef SOCKSCOPE_CAPTURE_H
#define SOCKSCOPE_CAPTURE_H

#include <stdio.h>

#include "text.h"

/** A running capture. */
struct capture {
    FILE *out;
    uint32_t *interfaces; ///< those that have a block in the file, by the kernel's number
    size_t interface_count;
    size_t interface_room;
    uint64_t written;
    unsigned only; ///< the one interface to capture, by the kernel's number; 0 for all
    bool failed;
    int fd;                              ///< readable when packets wait
    bool (*take)(struct capture *c);     ///< writes what waits; false when capturing cannot go on
    bool (*drained)(struct capture *c);  ///< nothing that the kernel has seen is missing any more
    uint64_t (*lost)(struct capture *c); ///< how many packets found no room
    void (*close)(struct capture *c);    ///< lets go of the kernel; may take 20 ms
    void *handle;                        ///< of libpcap
};

/** How long the kernel may keep packets to itself. */
enum { BLOCK_MS = 2 };

/** Writes a packet that begins with a cooked header (SLL2). */
void capture_write(struct capture *c, uint32_t kernel_index, uint64_t nanoseconds, const void *bytes,
                   uint32_t captured, uint32_t length);
/** Opens a plain packet socket; exits with a message when that is not allowed. */
void capture_open_socket(struct capture *c);
/** Opens libpcap's ring of that size; exits with a message when that is not allowed. */
void capture_open_ring(struct capture *c, int mib);

#endif
