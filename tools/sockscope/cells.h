/**
 * @file
 * How wide text is in a terminal, and how to make it fit.
 */
#ifndef SOCKSCOPE_CELLS_H
#define SOCKSCOPE_CELLS_H

#include "text.h"

/** A blank at which a text is not broken if that can be helped; drawn as a blank. */
#define HARD "\x1f"

/** Cells that a text takes: Chinese characters take two, combining marks none.
 */
int cells_width(const char *text);
/** Bytes of the first character, and its cells. */
size_t cells_next(const char *text, int *cells);
/** Bytes of the longest beginning that fits into so many cells. */
size_t cells_fit(const char *text, int cells);
/** Bytes of the first line of a text that is broken to fit: at a blank, if need be at a hard one, at worst
 * anywhere. */
size_t cells_break(const char *text, int cells);
/**
 * Appends a payload in double quotes, as a student would write it in C; what is
 * too long is cut.
 * @param out   is appended to
 * @param bytes the payload
 * @param most  cells that the text between the quotes may take
 * @param dots  stands for what was cut ("…" or "...")
 */
void cells_quote(struct buffer *out, struct slice bytes, int most, const char *dots);

#endif
