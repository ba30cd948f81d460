/**
 * @file
 * A running capture and the two ways to get packets from the kernel.
 *
 * A plain packet socket is there in half a millisecond, but holds only as much as a socket may
 * (net.core.rmem_max). libpcap's ring of memory holds bursts of any size, but the kernel needs some 50 ms to
 * make it. Short scenes use the first, floods the second (--buffer).
 *
 * See packet(7), socket(7) and pcap(3PCAP).
 */
#ifndef SOCKSCOPE_CAPTURE_H
#define SOCKSCOPE_CAPTURE_H

#include <stdio.h>

#include "text.h"

/** A running capture. */
struct capture {
    FILE *out;                       ///< the pcapng file
    uint32_t *interfaces;            ///< those that have a block in the file, by the kernel's number; owned
    size_t interface_count;          ///< how many
    size_t interface_room;           ///< how many fit
    uint64_t written;                ///< packets in the file
    unsigned only;                   ///< the one interface to capture, by the kernel's number; 0 for all
    bool failed;                     ///< the file could not be written, or capturing has stopped
    int fd;                          ///< readable when packets wait
    bool (*take)(struct capture *c); ///< writes what waits; false when capturing cannot go on
    bool (*drained)(struct capture *c);  ///< nothing that the kernel has seen is missing any more
    uint64_t (*lost)(struct capture *c); ///< how many packets found no room
    void (*close)(struct capture *c);    ///< lets go of the kernel; may take 20 ms
    void *handle;                        ///< what the way in use needs: libpcap's handle, or room for packets
};

/** How long the kernel may keep packets to itself, in milliseconds. */
enum { BLOCK_MS = 2 };

/**
 * Writes a packet, and before it its interface when that is new. A failure is kept in `failed`.
 * @param c            the capture
 * @param kernel_index where it was seen: the interface's number in the kernel
 * @param nanoseconds  when, since 1970
 * @param bytes        the packet, from its cooked header (SLL2) on
 * @param captured     how many bytes that is
 * @param length       how many it had on the wire, the cooked header included
 */
void capture_write(struct capture *c, uint32_t kernel_index, uint64_t nanoseconds, const void *bytes,
                   uint32_t captured, uint32_t length);

/**
 * Opens a plain packet socket; exits with a message when that is not allowed.
 * @param c the capture; `fd`, `handle` and the functions are set
 */
void capture_open_socket(struct capture *c);

/**
 * Opens libpcap's ring; exits with a message when that is not allowed.
 * @param c   the capture, of which `only` counts; `fd`, `handle` and the functions are set
 * @param mib the ring's size in MiB
 */
void capture_open_ring(struct capture *c, int mib);

#endif
