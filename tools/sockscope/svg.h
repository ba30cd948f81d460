/**
 * @file
 * Parts of an SVG picture.
 */
#ifndef SOCKSCOPE_SVG_H
#define SOCKSCOPE_SVG_H

#include "ladder.h"

/** Writes text for XML; what XML cannot hold becomes U+FFFD. */
void svg_escape(struct buffer *out, struct slice s);

/**
 * Opens the picture: size, title, description, style, and the paper.
 * @param l      the ladder, for the description
 * @param title  the title, or NULL for the programs' names
 * @param width  in pixels
 * @param height in pixels
 * @param out    is appended to
 */
void svg_head(const struct ladder *l, const char *title, int width, int height, struct buffer *out);

#endif
