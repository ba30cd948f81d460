/**
 * @file
 * A page of a terminal while it is drawn: what text.c, arrows and heading share.
 */
#ifndef SOCKSCOPE_PAGE_H
#define SOCKSCOPE_PAGE_H

#include "canvas.h"
#include "rows.h"

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
    int text;                  ///< of a page with too many columns: where all texts begin, on their right; else 0
};

/**
 * Finds the cell of a column's line.
 * @param c      the page
 * @param column from 0
 * @return the cell, from 0
 */
int page_x(const struct page *c, int column);

/**
 * Puts the lines of all columns.
 * @param c     the page
 * @param lines a row's, see row.lines
 */
void page_lines(struct page *c, uint32_t lines);

/**
 * Puts a text into the gutter, at its right end.
 * @param c    the page
 * @param text such as a time
 */
void page_time(struct page *c, const char *text);

/**
 * Finds where a row's text begins.
 * @param c   the page
 * @param row the row
 * @return the cell, from 0
 */
int page_text_x(const struct page *c, const struct row *row);

/**
 * Measures the space for a text beside a row's column.
 * @param c   the page
 * @param row the row
 * @return cells
 */
int page_space(const struct page *c, const struct row *row);

/**
 * Writes a text beside its column, in as many lines as it takes.
 * @param c     the page
 * @param row   the row
 * @param text  the text
 * @param style how
 * @param after the lines of the columns after it, see row.lines
 */
void page_wrapped(struct page *c, const struct row *row, const char *text, enum style style, uint32_t after);

/**
 * Draws a row that is an arrow.
 * @param c     the page
 * @param row   the row; the lines of its columns are there
 * @param after the lines of the columns after it, see row.lines
 */
void page_arrow(struct page *c, const struct row *row, uint32_t after);

/**
 * Draws the titles of the columns.
 * @param c the page
 */
void page_heading(struct page *c);

#endif
