/**
 * @file
 * A line of a terminal, filled cell by cell in any order and then written.
 */
#ifndef SOCKSCOPE_CANVAS_H
#define SOCKSCOPE_CANVAS_H

#include "../base/cells.h"

/** The most bytes of a character with its combining marks, the closing NUL included. */
enum { CELL_BYTES = 24 };

/** How a cell is coloured. */
enum style {
    STYLE_PLAIN, ///< the terminal's own colour
    STYLE_BOLD,  ///< a heading
    STYLE_QUIET, ///< faint: times, remarks
    STYLE_ERROR, ///< red
    STYLE_WIRE,  ///< cyan: packets
};

/** One place in a terminal. */
struct cell {
    char text[CELL_BYTES]; ///< a character, " " when blank; "" is the second half of a wide one
    uint8_t style;         ///< a @ref style
};

/** A line. */
struct canvas {
    struct buffer *out; ///< where lines go; not owned
    struct cell *cells; ///< `width` of them, the caller's
    int width;          ///< in cells
    bool colours;       ///< with ECMA-48's colours, see console_codes(4)
};

/**
 * Makes every cell blank.
 * @param c the line
 */
void canvas_clear(struct canvas *c);

/**
 * Writes a text over what is there; what does not fit is left out.
 * @param c     the line
 * @param x     the cell to begin at, from 0
 * @param text  the text
 * @param style its colour
 * @return the cell after it
 */
int canvas_put(struct canvas *c, int x, const char *text, enum style style);

/**
 * Appends the line to `out`, without blanks at its end, and clears it.
 * @param c the line
 */
void canvas_flush(struct canvas *c);

#endif
