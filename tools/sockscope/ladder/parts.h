/**
 * @file
 * The parts of ladder_build(): which columns, which events, and the text of each.
 */
#ifndef SOCKSCOPE_PARTS_H
#define SOCKSCOPE_PARTS_H

#include "../base/payload.h"
#include "rows.h"

/** Something to draw, with its time: an event's beginning, or the return of a call that had to wait. */
struct item {
    int64_t time;        ///< nanoseconds since 1970
    uint32_t event;      ///< index of the event
    uint32_t times : 30; ///< how many equal ones it stands for; 0 when it stands for itself
    bool returns : 1;    ///< it is the return
    bool waits : 1;      ///< the return comes later
};

/** What a ladder shows, in the order of time. They start as {0}. */
struct items {
    struct item *list; ///< owned; free(3) it
    size_t count;      ///< how many
    size_t capacity;   ///< how many fit
};

/**
 * Chooses the columns: clients on the left, servers on the right, then those that are not programs.
 * @param l the ladder; recording and options are set
 * @return false after a complaint: a lane that was asked for is not there
 */
bool ladder_add_columns(struct ladder *l);

/**
 * Finds the column of a lane.
 * @param l    the ladder
 * @param lane the lane, also @ref LANE_NONE or @ref LANE_NOBODY
 * @return the column from 0, or -1 when it has none
 */
int16_t ladder_column(const struct ladder *l, int16_t lane);

/**
 * Tells whether a packet belongs to a program, or the options ask for everything.
 * @param l the ladder; its options are set
 * @param e an event of kind @ref EVENT_PACKET
 * @return true when it does or is
 */
bool ladder_shows_packet(const struct ladder *l, const struct event *e);

/**
 * Tells whether an event is a call on a UNIX socket, or one that makes a pair of them.
 * @param r the recording
 * @param e an event of any kind
 * @return true when it is
 */
bool is_on_unix(const struct recording *r, const struct event *e);

/**
 * Counts what the ladder does not show and an option would.
 * @param l the ladder; its columns are chosen
 */
void ladder_count_hidden(struct ladder *l);

/**
 * Chooses the events that the ladder shows, and splits the calls that had to wait into beginning and return.
 * @param l     the ladder; its columns are chosen
 * @param items filled, in order of time
 */
void ladder_collect(const struct ladder *l, struct items *items);

/**
 * Makes one item of a run of waits that found nothing, of equal signals, or of children that did nothing here.
 * @param l     the ladder
 * @param items in order of time
 */
void ladder_fold(const struct ladder *l, struct items *items);

/**
 * Tells what stands for a part that was cut off.
 * @param l the ladder
 * @return "…", or "..." for plain characters
 */
const char *label_ellipsis(const struct ladder *l);

/**
 * Appends an address.
 * @param out    is appended to
 * @param r      the recording
 * @param number the address's number
 */
void label_address(struct buffer *out, const struct recording *r, uint32_t number);

/**
 * Whether a signal interrupted a call. Source: strace's ERESTARTSYS and its like, the kernel's include/linux/errno.h.
 * @param error the name of the call's error, "" without one
 * @return whether it was interrupted
 */
bool is_restart(const char *error);

/**
 * Says what a call's point says, such as `send "g1" = 2`.
 * @param l    the ladder
 * @param item its event is of kind @ref EVENT_CALL ; it is the beginning of a call, or its return
 * @return the text's offset
 */
uint32_t label_call(struct ladder *l, const struct item *item);

/** The most remarks on one call. */
enum { LABEL_NOTES = 12 };

/**
 * Remarks on a call: its messages, nothing on the wire, why it was refused, what was lost.
 * @param l     the ladder
 * @param index of the event, of kind @ref EVENT_CALL
 * @param texts filled with the texts' offsets
 * @return how many there are
 */
size_t label_call_notes(struct ladder *l, size_t index, uint32_t texts[static LABEL_NOTES]);

/**
 * Appends a socket option and its value: `SO_RCVTIMEO 2.00 s`.
 * @param l   the ladder
 * @param out is appended to
 * @param e   the call, of setsockopt or getsockopt
 */
void label_option(const struct ladder *l, struct buffer *out, const struct event *e);

/**
 * Says what an arrow says: its texts and ends.
 * @param l   the ladder
 * @param e   an event of kind @ref EVENT_PACKET
 * @param row filled; not one of the ladder's own, because they may move
 */
void label_packet(struct ladder *l, const struct event *e, struct row *row);

/**
 * Remarks on a packet: why no socket accepted it, why no program learns of it.
 * @param l the ladder
 * @param e an event of kind @ref EVENT_PACKET
 * @return the text's offset; 0 when there is nothing to remark
 */
uint32_t label_packet_note(struct ladder *l, const struct event *e);

/**
 * Appends a duration: `12.0 s`, `2.00 s`, `300 ms`, `0.41 ms`.
 * @param out         is appended to
 * @param nanoseconds the duration
 */
void label_duration(struct buffer *out, int64_t nanoseconds);

#endif
