/**
 * @file
 * Capture files become events: one packet seen by two hosts is one event, and has the lanes that it belongs to.
 */
#ifndef SOCKSCOPE_PACKETS_H
#define SOCKSCOPE_PACKETS_H

#include "../model/recording.h"

/** A packet as one host saw it. */
struct sighting {
    uint64_t identity; ///< as in @ref packet_view, equal for the same packet
    uint32_t event;    ///< index of its event
};

/** All of them; only needed while a recording is loaded. They start as {0}. */
struct sightings {
    struct sighting *list; ///< owned; free(3) it
    size_t count;          ///< how many
    size_t capacity;       ///< how many fit
};

/**
 * Adds a packet that a host saw.
 * @param seen     the sightings
 * @param identity of the packet
 * @param event    index of its event
 */
void sightings_add(struct sightings *seen, uint64_t identity, uint32_t event);

/**
 * Reads a capture file. What goes wrong is complained about and counted.
 * @param r       the recording
 * @param seen    the packets are added to it
 * @param path    for complaints
 * @param name    the host's name
 * @param content the file, which must stay mapped
 */
void packets_read(struct recording *r, struct sightings *seen, const char *path, struct slice name,
                  struct slice content);

/**
 * Makes one event of a packet that was seen where it left and where it arrived.
 * @param r    the recording
 * @param seen all sightings; they are sorted, and of no use afterwards
 */
void packets_merge(struct recording *r, struct sightings *seen);

/**
 * Tells whether an address means several: multicast, or the broadcast address of a network that a host is on.
 * @param r the recording; its hosts' addresses are known
 * @param a the address
 * @return true when it does
 * @see RFC 919, RFC 922 (broadcast)
 */
bool is_shared(const struct recording *r, const struct address *a);

/**
 * Finds the lanes that packets come from and go to.
 * @param r the recording; its events are in order of time
 */
void packets_own(struct recording *r);

/**
 * Makes a lane of each host, or of each address, where no program was recorded.
 * @param r the recording; its events are in order of time
 */
void packets_own_without_calls(struct recording *r);

/**
 * Finds the datagrams that calls have received, and the calls that lost the end of one.
 * @param r the recording; its packets have their lanes
 */
void packets_receive(struct recording *r);

#endif
