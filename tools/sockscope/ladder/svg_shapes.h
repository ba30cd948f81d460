/**
 * @file
 * What both layouts of an SVG picture are made of: text, marks, arrows, lines, and the groups that a page steps
 * through.
 *
 * Lengths are in pixels.
 */
#ifndef SOCKSCOPE_SVG_SHAPES_H
#define SOCKSCOPE_SVG_SHAPES_H

#include "rows.h"

/**
 * Appends a text.
 * @param out    is appended to
 * @param x      where it begins, ends or has its middle, as `anchor` says
 * @param y      its base line
 * @param class  of the style, or ""
 * @param anchor "", "end" or "middle"
 * @param text   the text; nothing is appended for an empty one
 */
void svg_text(struct buffer *out, int x, int y, const char *class, const char *anchor, struct slice text);

/**
 * Appends the mark of a point.
 * @param out  is appended to
 * @param x    its middle
 * @param y    its middle
 * @param mark a @ref mark
 */
void svg_mark(struct buffer *out, int x, int y, uint8_t mark);

/**
 * Appends an arrow from one column to another.
 * @param out  is appended to
 * @param row  the arrow's row, for its kind
 * @param from the x where it begins
 * @param to   the x of the column where it ends
 * @param y    its height in the picture
 */
void svg_arrow(struct buffer *out, const struct row *row, int from, int to, int y);

/**
 * Appends a stretch of a column's line.
 * @param out  is appended to
 * @param x    of the column
 * @param line what it looks like: a @ref line
 * @param from where it begins
 * @param to   where it ends
 */
void svg_line(struct buffer *out, int x, uint8_t line, int from, int to);

/**
 * Names the style of a tone.
 * @param tone a @ref tone
 * @return its class, "" for the plain one
 */
const char *svg_class(uint8_t tone);

/**
 * Opens the group of a row: the step that it belongs to. Close it with `</g>`.
 * @param out  is appended to
 * @param row  the row
 * @param step the step of the row before, -1 at the beginning; set to this row's
 */
void svg_step(struct buffer *out, const struct row *row, int *step);

#endif
