/**
 * @file
 * A ladder in memory: columns, rows and their texts, before anybody decides how wide a column is.
 *
 * Texts are kept in the ladder and referred to by their offsets; 0 is "no text".
 */
#ifndef SOCKSCOPE_ROWS_H
#define SOCKSCOPE_ROWS_H

#include "../base/cells.h"
#include "../model/recording.h"

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
    uint32_t others;   ///< all receivers of a shared arrow: where their list in ladder.others begins, or NO_INDEX
    uint32_t event;    ///< which event it shows, or NO_INDEX
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
    bool on_unix;       ///< also the calls on UNIX sockets
    bool prints;        ///< also what the programs read and print
    bool narrow;        ///< as an SVG picture, for a phone
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
    size_t column_capacity;        ///< how many fit
    struct row *rows;              ///< from top to bottom; owned
    size_t row_count;              ///< how many
    size_t row_capacity;           ///< how many fit
    uint32_t *addresses;           ///< by number of the recording's: the text of each, or 0; owned
    uint32_t *ports;               ///< the same of their ports; owned
    struct buffer texts;           ///< each ended by a NUL
    struct buffer lines;           ///< see row.lines
    int16_t *others;               ///< lists of columns, each ended by -1; owned
    size_t other_count;            ///< how many
    size_t other_capacity;         ///< how many fit
    bool *several;                 ///< by lane: its program uses several sockets; owned
    size_t hidden_packets;         ///< packets that only the option `all` shows
    size_t hidden_calls;           ///< calls on UNIX sockets, which only the option `on_unix` shows
    int64_t start;                 ///< the time that the picture counts from: its first row's
};

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
 * Counts the columns on the right of a row's column that are empty there: its text may use their place.
 * @param l   the ladder
 * @param row one of its rows
 * @return how many
 */
int ladder_free_columns(const struct ladder *l, const struct row *row);

/**
 * Gives the words after those of a packet that ends in the column where it begins.
 * @param l   the ladder
 * @param row the packet's row
 * @return " to itself" for a program's; "" for a packet between others, whose words have both addresses
 */
const char *ladder_to_itself(const struct ladder *l, const struct row *row);

/**
 * Frees what a ladder owns.
 * @param l the ladder, which is of no use afterwards
 */
void ladder_free(struct ladder *l);

#endif
