/**
 * @file
 * A ladder on a page of text: shared by the files that draw it.
 */
#ifndef SOCKSCOPE_PAGE_H
#define SOCKSCOPE_PAGE_H

#include "canvas.h"
#include "ladder.h"

/** The signs that pages are made of; each takes one cell. */
struct signs {
    const char *alive;      ///< line of a program that runs
    const char *waits;      ///< line of a program that waits
    const char *nobody;     ///< line where there is no program
    const char *ok;         ///< mark of a call that worked
    const char *error;      ///< mark of a call that failed
    const char *begin;      ///< mark of a call that waits
    const char *signal;     ///< mark of a signal
    const char *end;        ///< mark of a process's end
    const char *line;       ///< an arrow's shaft
    const char *dash;       ///< the shaft of an ICMP message
    const char *right;      ///< an arrow's head
    const char *left;       ///< an arrow's head
    const char *from_left;  ///< where an arrow to the right begins
    const char *from_right; ///< where an arrow to the left begins
    const char *cross;      ///< where a shaft crosses a line
    const char *dead;       ///< where an arrow ends and no socket is
    const char *itself;     ///< a packet to its own sender
    const char *gap;        ///< time passes
};

/** The page while it is drawn. */
struct page {
    const struct ladder *l;    ///< what is drawn
    const struct signs *signs; ///< with which signs
    struct canvas canvas;      ///< the line that is being filled
    int gutter;                ///< cells before the first column
    int spacing;               ///< cells from one column to the next
};

/**
 * Tells where a column stands.
 * @param c      the page
 * @param column the column, from 0
 * @return its cell
 */
int page_x(const struct page *c, int column);

/**
 * Draws an arrow from one column to another or to several, and writes its line out.
 * @param c     the page; the columns' lines are drawn
 * @param row   the arrow's; it ends in another column, or is shared
 * @param style its colour
 */
void page_arrow(struct page *c, const struct row *row, enum style style);

#endif
