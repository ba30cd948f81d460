/**
 * @file
 * Packets that a host's kernel handles itself: it forwards them, or answers them.
 */
#ifndef SOCKSCOPE_KERNELS_H
#define SOCKSCOPE_KERNELS_H

#include "../model/recording.h"

/**
 * Tells whether a host has an address.
 * @param r    the recording; its hosts' addresses are known
 * @param host the host, or -1
 * @param a    the address
 * @return true when it has
 */
bool host_has(const struct recording *r, int16_t host, const struct address *a);

/**
 * Finds the lane of a host's kernel. Where there are several hosts, each kernel has a lane, which is added when needed.
 * @param r    the recording
 * @param host the host
 * @return the lane, or @ref LANE_KERNEL of the only host
 */
int16_t kernel_lane(struct recording *r, int16_t host);

/**
 * Gives a packet that a host forwards to the lane of the host's kernel, where it arrives and where it leaves.
 * @param r  the recording; its events are in order of time
 * @param at the packet's event; the lanes of programs were found
 */
void own_forwarded(struct recording *r, size_t at);

#endif
