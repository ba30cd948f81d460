/**
 * @file
 * How wide text is in a terminal, and how to make it fit.
 *
 * A cell is the place of one Latin letter. Texts are UTF-8; an invalid byte takes one cell.
 */
#ifndef SOCKSCOPE_CELLS_H
#define SOCKSCOPE_CELLS_H

#include "text.h"

/** A space at which a text is broken only if no other place fits; drawn as a space. */
#define HARD "\x1f"

/**
 * Tells how wide a text is: Chinese characters take two cells, combining marks none.
 * @param text the text
 * @return cells
 * @see wcwidth(3), Unicode Standard Annex 11 (East Asian Width)
 */
int cells_width(const char *text);

/**
 * Tells how long and how wide the first character is.
 * @param text  the text
 * @param cells is set to the character's cells: 0, 1 or 2
 * @return bytes that it takes; 0 at the end of the text
 */
size_t cells_next(const char *text, int *cells);

/**
 * Finds the longest beginning that fits.
 * @param text  the text
 * @param cells how many there are
 * @return its length in bytes
 */
size_t cells_fit(const char *text, int cells);

/**
 * Finds the first line of a text that is broken to fit: at a space, else at a @ref HARD one, then at a
 * colon, at worst anywhere.
 * @param text  the text
 * @param cells how many a line has
 * @return the line's length in bytes; all of the text when not even one character fits
 */
size_t cells_break(const char *text, int cells);

#endif
