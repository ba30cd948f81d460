/**
 * @file
 * A line of a terminal, filled cell by cell in any order and then written.
 */
#ifndef SOCKSCOPE_CANVAS_H
#define SOCKSCOPE_CANVAS_H

#include "cells.h"

/** The most bytes of a character with its combining marks. */
enum { CELL_BYTES = 24 };

/** How a cell is coloured. */
enum style { STYLE_PLAIN, STYLE_BOLD, STYLE_QUIET, STYLE_ERROR, STYLE_WIRE };

/** One place in a terminal. An empty text is the second half of a wide
 * character. */
struct cell {
    char text[CELL_BYTES];
    uint8_t style;
};

/** A line. */
struct canvas {
    struct buffer *out;
    struct cell *cells; ///< `width` of them
    int width;
    bool colours;
};

/** Makes every cell blank. */
void canvas_clear(struct canvas *c);
/** Writes a text from x on; what does not fit is left out. @return the place after it */
int canvas_put(struct canvas *c, int x, const char *text, enum style style);
/** Writes the line out, without blanks at its end, and clears it. */
void canvas_flush(struct canvas *c);

#endif
