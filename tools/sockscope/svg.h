/**
 * @file
 * A ladder as an SVG picture: shared by the files that draw it. Lengths are in pixels.
 */
#ifndef SOCKSCOPE_SVG_H
#define SOCKSCOPE_SVG_H

#include "ladder.h"

/** The width of a character in hundredths of a pixel. */
enum { SVG_CELL = 782 };

/** The picture while it is drawn. */
struct picture {
    const struct ladder *l; ///< what is drawn
    struct buffer *out;     ///< is appended to; not owned
    int spacing;            ///< from one column to the next
    int width;              ///< of the picture
    int y;                  ///< where the next row begins
};

/**
 * Tells where a column stands.
 * @param p      the picture
 * @param column the column, from 0
 * @return its line's x
 */
int picture_x(const struct picture *p, int column);

/**
 * Writes a text; an empty one is left out.
 * @param p      the picture
 * @param x      where it begins, ends or has its middle
 * @param y      its base line
 * @param class  of the style sheet, or ""
 * @param anchor "end" or "middle", or "" where x is its beginning
 * @param text   the text, in UTF-8
 */
void picture_text(struct picture *p, int x, int y, const char *class, const char *anchor, struct slice text);

/**
 * Draws an arrow from one column to another or to several.
 * @param p   the picture
 * @param row the arrow's; it ends in another column, or is shared
 * @param y   of its shaft
 */
void picture_arrow(struct picture *p, const struct row *row, int y);

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
