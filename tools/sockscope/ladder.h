/**
 * @file
 * The ladder: a recording as columns and rows, before anybody decides how wide a column is.
 *
 * ladder_build() chooses columns, collects items, and makes rows of them; ladder_print() and ladder_svg() draw
 * the rows. Texts are kept in the ladder and referred to by their offsets; 0 is "no text".
 */
#ifndef SOCKSCOPE_LADDER_H
#define SOCKSCOPE_LADDER_H

#include "cells.h"
#include "recording.h"

/** What a row shows. */
enum row_kind {
    ROW_POINT, ///< a mark in one column, with a text
    ROW_NOTE,  ///< a remark on the row before
    ROW_ARROW, ///< a packet
    ROW_GAP,   ///< time passes
    ROW_CUT,   ///< rows were left out here
};

/** The mark of a point. */
enum mark {
    MARK_OK,     ///< a call that worked
    MARK_ERROR,  ///< a call that failed
    MARK_WAITS,  ///< a call that has not returned yet
    MARK_SIGNAL, ///< a signal arrives
    MARK_END,    ///< the process ends
};

/** How much attention a text asks for. */
enum tone {
    TONE_PLAIN, ///< as much as any
    TONE_ERROR, ///< more
    TONE_QUIET, ///< less
};

/** What a column's line looks like in a row. */
enum line {
    LINE_NONE,   ///< the program has not begun, or has ended
    LINE_ALIVE,  ///< it runs
    LINE_WAITS,  ///< it waits in a call
    LINE_NOBODY, ///< there is no program in this column
};

/** A row. */
struct row {
    int64_t time;      ///< nanoseconds since 1970
    int16_t column;    ///< where its point is, or its arrow begins; of a gap, who waits, or -1
    int16_t to_column; ///< where its arrow ends
    uint8_t kind;      ///< a @ref row_kind
    uint8_t mark;      ///< a @ref mark
    uint8_t tone;      ///< a @ref tone
    uint8_t dashed;    ///< the arrow is an ICMP message
    uint8_t dead;      ///< the arrow ends where no socket is
    uint8_t timed;     ///< the time is printed
    uint32_t texts[3]; ///< the same thing in fewer and fewer words; 0 ends
    uint32_t ends[4];  ///< of an arrow: address and port at its beginning, address and port at its end
    uint32_t lines;    ///< offset into ladder.lines: a @ref line for each column
    uint32_t
        others; ///< all receivers of a shared arrow: where their list in ladder.others begins, or NO_INDEX
    uint32_t event; ///< which event it shows, or NO_INDEX
};

/** A column. */
struct column {
    int16_t lane;      ///< LANE_NOBODY and LANE_NONE have columns, too, where they are needed
    uint32_t title;    ///< text: the lane's name
    uint32_t subtitle; ///< text: its host or its program
};

/** What to draw. */
struct ladder_options {
    bool ascii;         ///< with plain characters only
    bool all;           ///< also what belongs to no lane: ARP, IGMP, neighbour discovery
    bool prints;        ///< also what the programs read and print
    const char *lanes;  ///< "a,b": these, in this order; NULL: all
    const char *around; ///< only what is near rows with this text; NULL: everything
    int near;           ///< rows kept before and after
};

/** The whole picture. */
struct ladder {
    const struct recording *r;     ///< what it shows; not owned, and it must live as long
    struct ladder_options options; ///< how
    struct column *columns;        ///< from left to right; owned
    size_t column_count;           ///< how many
    size_t column_room;            ///< how many fit
    struct row *rows;              ///< from top to bottom; owned
    size_t row_count;              ///< how many
    size_t row_room;               ///< how many fit
    struct buffer texts;           ///< each ended by a NUL
    struct buffer lines;           ///< see row.lines
    int16_t *others;               ///< lists of columns, each ended by -1; owned
    size_t other_count;            ///< how many
    size_t other_room;             ///< how many fit
    int64_t start;                 ///< the time that the picture counts from: its first row's
};

/** Something to be drawn, at its time: an event's beginning, or the return of a call that had to wait. */
struct item {
    int64_t time;   ///< nanoseconds since 1970
    uint32_t event; ///< index of the event
    bool returns;   ///< it is the return
    bool waits;     ///< the return comes later
};

/** What a ladder shows, in the order of time. They start as {0}. */
struct items {
    struct item *list; ///< owned; free(3) it
    size_t count;      ///< how many
    size_t room;       ///< how many fit
};

/**
 * Lays out a recording.
 * @param r       the recording
 * @param options what to draw; copied
 * @param l       filled; ladder_free() it
 * @return false after a complaint
 */
bool ladder_build(const struct recording *r, const struct ladder_options *options, struct ladder *l);

/**
 * Frees what a ladder owns.
 * @param l the ladder, which is of no use afterwards
 */
void ladder_free(struct ladder *l);

/**
 * Gives a text of the ladder.
 * @param l      the ladder
 * @param offset the text's
 * @return the text, valid until the next one is kept; "" for 0
 */
const char *ladder_text(const struct ladder *l, uint32_t offset);

/**
 * Keeps a text.
 * @param l    the ladder
 * @param text the text; the buffer is freed
 * @return its offset; 0 when it is empty
 */
uint32_t ladder_keep(struct ladder *l, struct buffer *text);

/**
 * Chooses the columns: who asks on the left, who serves on the right, those that are no programs at the end.
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
 * Tells whether a packet belongs to a program, or everything is to be shown.
 * @param l the ladder; its options are set
 * @param e an event of kind @ref EVENT_PACKET
 * @return true when it does or is
 */
bool ladder_shows_packet(const struct ladder *l, const struct event *e);

/**
 * Chooses the events that the ladder shows, and splits the calls that had to wait into beginning and return.
 * @param l     the ladder; its columns are chosen
 * @param items filled, in order of time
 */
void ladder_collect(const struct ladder *l, struct items *items);

/**
 * Counts the columns on the right of a row's column that are empty there: its text may use their place.
 * @param l   the ladder
 * @param row one of its rows
 * @return how many
 */
int ladder_free_columns(const struct ladder *l, const struct row *row);

/**
 * Keeps only the rows near those that have the text of `options.around`.
 * @param l the ladder, complete
 */
void ladder_cut(struct ladder *l);

/**
 * Tells what stands for a part that was cut off.
 * @param l the ladder
 * @return "…", or "..." for plain characters
 */
const char *label_dots(const struct ladder *l);

/**
 * Appends an address.
 * @param out    is appended to
 * @param r      the recording
 * @param number the address's number
 */
void label_address(struct buffer *out, const struct recording *r, uint32_t number);

/**
 * Says what a call's point says, such as `send "g1" = 2`.
 * @param l       the ladder
 * @param e       an event of kind @ref EVENT_CALL
 * @param waits   it has begun and not returned yet
 * @param returns it is the return of one that had to wait
 * @return the text's offset
 */
uint32_t label_call(struct ladder *l, const struct event *e, bool waits, bool returns);

/**
 * Remarks on a call: nothing on the wire, why it was refused.
 * @param l     the ladder
 * @param index of the event, of kind @ref EVENT_CALL
 * @return the text's offset; 0 when there is nothing to remark
 */
uint32_t label_call_note(struct ladder *l, size_t index);

/**
 * Says what an arrow says: its texts and ends.
 * @param l   the ladder
 * @param e   an event of kind @ref EVENT_PACKET
 * @param row filled; not one of the ladder's own, for they may move meanwhile
 */
void label_packet(struct ladder *l, const struct event *e, struct row *row);

/**
 * Remarks on a packet: why nobody wanted it, why nobody is told.
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

/**
 * Draws the ladder for a terminal.
 * @param l       the ladder
 * @param width   of the terminal in cells; many columns may take more
 * @param colours with colours
 * @param out     is appended to
 */
void ladder_print(const struct ladder *l, int width, bool colours, struct buffer *out);

/**
 * Draws the ladder as an SVG picture.
 * @param l     the ladder
 * @param title the picture's title, or NULL for the programs' names
 * @param out   is appended to
 */
void ladder_svg(const struct ladder *l, const char *title, struct buffer *out);

#endif
