/**
 * @file
 * The beginning of an SVG picture, and text in it. Lengths are in pixels.
 */
#ifndef SOCKSCOPE_SVG_HEAD_H
#define SOCKSCOPE_SVG_HEAD_H

#include "rows.h"

/**
 * Appends text for XML; what XML cannot hold becomes U+FFFD.
 * @param out is appended to
 * @param s   the text
 * @see Extensible Markup Language (XML) 1.0, section 2.2
 */
void svg_escape(struct buffer *out, struct slice s);

/**
 * Opens the picture: size, title, description, style, and the paper.
 * @param l      the ladder, for the description
 * @param title  the title, or NULL for the programs' names
 * @param width  of the picture
 * @param height of the picture
 * @param out    is appended to
 */
void svg_head(const struct ladder *l, const char *title, int width, int height, struct buffer *out);

#endif
