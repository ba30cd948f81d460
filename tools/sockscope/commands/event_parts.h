/**
 * @file
 * The parts of an event as JSON: what events.c, event_calls.c and event_packets.c share.
 */
#ifndef SOCKSCOPE_EVENT_PARTS_H
#define SOCKSCOPE_EVENT_PARTS_H

#include "../base/json.h"
#include "../model/recording.h"

/**
 * Appends an address.
 * @param out    is appended to
 * @param r      the recording
 * @param key    the field
 * @param number the address's number; 0 gives null
 */
void event_address(struct buffer *out, const struct recording *r, const char *key, uint32_t number);

/**
 * Appends bytes as text; when that is not exact, as hexadecimal digits, too.
 * @param out   is appended to
 * @param bytes the bytes
 */
void event_bytes(struct buffer *out, struct slice bytes);

/**
 * Gives the name of a lane's program.
 * @param r    the recording
 * @param lane the lane, also one that is no program
 * @return the name, or NULL
 */
const char *event_program(const struct recording *r, int16_t lane);

/**
 * Appends a lane: its program, and its process where the program has several that use sockets.
 * @param out    is appended to
 * @param r      the recording
 * @param before "" or what stands before the fields' names: `from_`
 * @param lane   the lane, also one that is no program
 */
void event_lane(struct buffer *out, const struct recording *r, const char *before, int16_t lane);

/**
 * Appends the fields of a call.
 * @param out is appended to
 * @param r   the recording
 * @param e   an event of kind @ref EVENT_CALL
 */
void event_call(struct buffer *out, const struct recording *r, const struct event *e);

/**
 * Appends the fields of a packet.
 * @param out is appended to
 * @param r   the recording
 * @param e   an event of kind @ref EVENT_PACKET
 */
void event_packet(struct buffer *out, const struct recording *r, const struct event *e);

#endif
