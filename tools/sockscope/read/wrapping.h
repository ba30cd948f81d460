/**
 * @file
 * What starts the program that is recorded, such as a box: it stands in the file, too, and is left out.
 *
 * @see record_calls()
 */
#ifndef SOCKSCOPE_WRAPPING_H
#define SOCKSCOPE_WRAPPING_H

#include "../base/strace.h"

/** Processes that come before the program. */
struct wrapping {
    int execs_before; ///< execve(2) calls before the program's own; 0 when nothing comes before
    int execs;        ///< how many of them are still to come
    int32_t program;  ///< the process that made the program's own; 0 before
    int32_t *list;    ///< processes that were there before it; owned
    size_t count;     ///< how many
    size_t capacity;  ///< how many fit
};

/**
 * Reads the heading of a recorded file.
 * @param content the file
 * @return what comes before its program; wrapping_free() it
 */
struct wrapping wrapping_of(struct slice content);

/**
 * Frees the list.
 * @param w is of no use afterwards
 */
void wrapping_free(struct wrapping *w);

/**
 * Tells whether a line is about what starts the program, and not about the program.
 * @param w    what comes before
 * @param line the next line
 * @return true when it is
 */
bool wrapping_skips(struct wrapping *w, const struct strace_line *line);

#endif
