/**
 * @file
 * How long to wait for a program.
 */
#ifndef SOCKSCOPE_PATIENCE_H
#define SOCKSCOPE_PATIENCE_H

#include "scene.h"

/** A wait. */
struct patience {
    int64_t begun;               ///< when it began
    int64_t allowed;             ///< how long it may last on a machine that is not busy
    const struct program *other; ///< a program under test that has ended instead of what is waited for
    int begins;                  ///< tells that the recording grows, while the program has not begun; -1 before that
};

/**
 * Begins a wait.
 * @param allowed how long it may last, in milliseconds
 * @return the wait; patience_end() it
 */
struct patience patience_begin(int64_t allowed);

/**
 * Tells whether a wait for a program is over. A program has its time from its own execve on, and what the machine lets
 * it wait for a processor does not count; there is an end to that, too, at five times the time.
 * @param s    the scene
 * @param t    the wait
 * @param p    who is waited for
 * @param next set to when to ask again
 * @return true when it is over
 */
bool patience_is_over(const struct scene *s, struct patience *t, struct program *p, int64_t *next);

/**
 * Ends a wait.
 * @param t the wait
 */
void patience_end(struct patience *t);

#endif
