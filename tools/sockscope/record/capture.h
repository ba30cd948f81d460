/**
 * @file
 * Capturing: the loop, and the two ways to get packets from the kernel.
 *
 * A plain packet socket is there in half a millisecond, but holds only as much as a socket may
 * (net.core.rmem_max). libpcap's ring of memory holds bursts of any size, but the kernel needs some 50 ms to
 * make it. Short scenes use the first, floods the second (--buffer).
 *
 * See packet(7), socket(7) and pcap(3PCAP).
 */
#ifndef SOCKSCOPE_CAPTURE_H
#define SOCKSCOPE_CAPTURE_H

#include "packet_file.h"

/** A running capture. */
struct capture {
    struct packet_file file;             ///< where packets go
    bool failed;                         ///< capturing has stopped
    int fd;                              ///< readable when packets wait
    bool (*take)(struct capture *c);     ///< writes what waits to the file; false when capturing cannot go on
    bool (*drained)(struct capture *c);  ///< nothing that the kernel has seen is missing any more
    uint64_t (*lost)(struct capture *c); ///< how many packets the kernel dropped because its buffer was full
    void (*close)(struct capture *c);    ///< closes the socket; may take 20 ms
    void *handle;                        ///< what this way needs: libpcap's handle, or buffers for packets
};

/** How long the kernel may keep packets to itself, in milliseconds. */
enum { BLOCK_MS = 2 };

/**
 * Opens a plain packet socket; exits with a message when that is not allowed.
 * @param c the capture; `fd`, `handle` and the functions are set
 */
void capture_open_socket(struct capture *c);

/**
 * Opens libpcap's ring; exits with a message when that is not allowed.
 * @param c   the capture, of which `file.only` counts; `fd`, `handle` and the functions are set
 * @param mib the ring's size in MiB
 */
void capture_open_ring(struct capture *c, int mib);

/**
 * Captures into FOLDER/NAME.pcapng until a signal or the end of standard input.
 * @param folder     the recording
 * @param name       the host's name
 * @param only       the one interface to capture, by the kernel's number; 0 for all
 * @param buffer_mib memory for packets that wait, in MiB; 0 for as much as a socket may hold
 * @param tell_fd    gets "ready" and "done", each on a line
 * @return exit status
 */
int capture_packets(const char *folder, const char *name, unsigned only, int buffer_mib, int tell_fd);

#endif
