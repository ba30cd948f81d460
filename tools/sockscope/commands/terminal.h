/**
 * @file
 * What the terminal behind a descriptor can show.
 */
#ifndef SOCKSCOPE_TERMINAL_H
#define SOCKSCOPE_TERMINAL_H

#include "../base/text.h"

/** The zero_width terminal that is drawn for, and how wide one is taken for that does not tell: in columns. */
enum { MIN_WIDTH = 40, DEFAULT_WIDTH = 80 };

/**
 * Tells how wide the terminal behind a descriptor is.
 * @param fd the descriptor
 * @return its columns, else COLUMNS, each if it is 40 or more; else 80
 * @see TIOCGWINSZ in ioctl_tty(2)
 */
int terminal_width(int fd);

/**
 * Tells whether a descriptor is a terminal that shows colours, and NO_COLOR is not set.
 * @param fd the descriptor
 * @return true when it is
 * @see https://no-color.org
 */
bool wants_colours(int fd);

/**
 * Tells whether a descriptor is a terminal that cannot show UTF-8.
 * @param fd the descriptor
 * @return true when it is
 * @see nl_langinfo(3)
 */
bool needs_ascii(int fd);

#endif
