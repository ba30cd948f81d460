/**
 * @file
 * Putting together what was recorded in several places.
 */
#ifndef SOCKSCOPE_MERGE_H
#define SOCKSCOPE_MERGE_H

#include "recording.h"

/** A packet as one host saw it. */
struct sighting {
    uint64_t identity;
    uint32_t event;
};

/** All of them; only needed while a recording is loaded. */
struct sightings {
    struct sighting *list;
    size_t count;
    size_t room;
};

void sightings_add(struct sightings *seen, uint64_t identity, uint32_t event);

/** Fills an event from a packet. */
void packet_fill(struct recording *r, const struct packet_view *v, struct event *e);

/** Reads a capture file. Does its own complaining. */
void packets_read(struct recording *r, struct sightings *seen, const char *path, struct slice name,
                  struct slice content);

/** Makes one event of a packet that was seen where it left and where it arrived. */
void packets_merge(struct recording *r, struct sightings *seen);

/** Tells whether an address means several: multicast, or the broadcast address of a network that a host is
 * on. */
bool is_shared(const struct recording *r, const struct address *a);

/** Finds the lanes that packets come from and go to; the events are in order of time by now. */
void packets_own(struct recording *r);

/** Puts the events in order and finds out whose packets the packets are: the last step of reading. */
void recording_finish(struct recording *r);

#endif
