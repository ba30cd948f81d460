/**
 * @file
 * The ladder: a recording as a picture of columns and rows.
 *
 * ladder_build() chooses columns, collects items, and makes rows of them; ladder_print(), ladder_svg() and
 * ladder_svg_narrow() draw the rows.
 */
#ifndef SOCKSCOPE_LADDER_H
#define SOCKSCOPE_LADDER_H

#include "rows.h"

#include <stdio.h>

/**
 * Lays out a recording.
 * @param r       the recording
 * @param options what to draw; copied
 * @param l       filled; ladder_free() it
 * @return false after a complaint
 */
bool ladder_build(const struct recording *r, const struct ladder_options *options, struct ladder *l);

/**
 * Draws the ladder for a terminal.
 * @param l       the ladder
 * @param width   of the terminal in cells; many columns may take more
 * @param colours with colours
 * @param out     is appended to
 * @param file    where to write it piece by piece, so that a long ladder takes no more memory; or NULL
 */
void ladder_print(const struct ladder *l, int width, bool colours, struct buffer *out, FILE *file);

/**
 * Draws the ladder as an SVG picture.
 * @param l     the ladder
 * @param title the picture's title, or NULL for the programs' names
 * @param out   is appended to
 */
void ladder_svg(const struct ladder *l, const char *title, struct buffer *out);

/**
 * Draws the ladder as an SVG picture 360 pixels wide, for a phone.
 * @param l     the ladder
 * @param title the picture's title, or NULL for the programs' names
 * @param out   is appended to
 */
void ladder_svg_narrow(const struct ladder *l, const char *title, struct buffer *out);

#endif
