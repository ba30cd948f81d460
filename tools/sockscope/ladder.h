/**
 * @file
 * The ladder: a recording as columns and rows, before anybody decides how wide
 * a column is.
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
enum mark { MARK_OK, MARK_ERROR, MARK_WAITS, MARK_SIGNAL, MARK_END };

/** How much attention a text asks for. */
enum tone { TONE_PLAIN, TONE_ERROR, TONE_QUIET };

/** What a column's line looks like in a row. */
enum line { LINE_NONE, LINE_ALIVE, LINE_WAITS, LINE_NOBODY };

/** A row. Texts are offsets into ladder.texts. */
struct row {
    int64_t time;
    int16_t column;
    int16_t to_column; ///< of an arrow
    uint8_t kind;
    uint8_t mark;
    uint8_t tone;
    uint8_t dashed;    ///< the arrow is an ICMP message
    uint8_t dead;      ///< the arrow ends where no socket is
    uint8_t timed;     ///< the time is printed
    uint32_t texts[3]; ///< longest first; 0 ends
    uint32_t ends[4];  ///< of an arrow: address and port at its beginning, address
                       ///< and port at its end
    uint32_t lines;    ///< offset into ladder.lines, one for each column
    uint32_t others;   ///< more receivers of an arrow: index into ladder.others, or
                       ///< NO_INDEX
    uint32_t event;    ///< which event it shows, or NO_INDEX
};

/** A column. */
struct column {
    int16_t lane; ///< LANE_NOBODY and LANE_NONE have columns, too, where they are
                  ///< needed
    uint32_t title;
    uint32_t subtitle;
};

/** What to draw. */
struct ladder_options {
    bool ascii;
    bool all;           ///< also what belongs to no lane: ARP, IGMP, neighbour discovery
    bool prints;        ///< also what the programs read and print
    const char *lanes;  ///< "a,b": these, in this order; NULL: all
    const char *around; ///< only what is near rows with this text; NULL: everything
    int near;           ///< rows kept before and after
};

/** The whole picture. */
struct ladder {
    const struct recording *r;
    struct ladder_options options;
    struct column *columns;
    size_t column_count;
    size_t column_room;
    struct row *rows;
    size_t row_count;
    size_t row_room;
    struct buffer texts;
    struct buffer lines;
    int16_t *others;
    size_t other_count;
    size_t other_room;
    int64_t start;
};

/** Lays out a recording. Free it with ladder_free. @return false after a
 * complaint */
bool ladder_build(const struct recording *r, const struct ladder_options *options, struct ladder *l);
void ladder_free(struct ladder *l);
/** A text of the ladder. */
const char *ladder_text(const struct ladder *l, uint32_t offset);
/** Keeps a text and empties the buffer. @return its offset */
uint32_t ladder_keep(struct ladder *l, struct buffer *text);
/** Chooses the columns. @return false when a lane that was asked for is not there */
bool ladder_add_columns(struct ladder *l);
/** The column of a lane, -1 when it has none. */
int16_t ladder_column(const struct ladder *l, int16_t lane);
/** Tells whether a packet belongs to a program, or everything is to be shown. */
bool ladder_shows_packet(const struct ladder *l, const struct event *e);
/** How many columns on the right of a row's column are empty there: its text may use their place. */
int ladder_free_columns(const struct ladder *l, const struct row *row);
/** Keeps only the rows near those with a text. */
void ladder_cut(struct ladder *l);

/** What stands for a part that was cut off. */
const char *label_dots(const struct ladder *l);
/** Appends an address. */
void label_address(struct buffer *out, const struct recording *r, uint32_t number);
/** What a call's point says. `waits`: it has begun and not returned yet.
 * @return its offset */
uint32_t label_call(struct ladder *l, const struct event *e, bool waits, bool returns);
/** A remark on a call, or 0: nothing on the wire, why it was refused. */
uint32_t label_call_note(struct ladder *l, size_t index);
/** The texts of an arrow. */
void label_packet(struct ladder *l, const struct event *e, struct row *row);
/** A remark on a packet, or 0: why nobody wanted it, why nobody is told. */
uint32_t label_packet_note(struct ladder *l, const struct event *e);
/** "2.0 s", "300 ms", "0.412 ms". */
void label_duration(struct buffer *out, int64_t nanoseconds);

/** Writes the ladder for a terminal of that width. */
void ladder_print(const struct ladder *l, int width, bool colours, struct buffer *out);
/** Writes the ladder as SVG. */
void ladder_svg(const struct ladder *l, const char *title, struct buffer *out);

#endif
