/**
 * @file
 * Processes that a program leaves behind when it ends.
 */
#ifndef SOCKSCOPE_BACKGROUND_H
#define SOCKSCOPE_BACKGROUND_H

#include "../base/text.h"

#include <sys/types.h>

/**
 * From now on, descendants whose parent ends become our children.
 * @see PR_SET_CHILD_SUBREAPER in prctl(2)
 */
void background_adopt(void);

/**
 * Sends a signal to each process that became our child.
 * @param except two children that we started ourselves
 * @param signal its number
 * @param names  their names and process ids are appended, or NULL
 * @return how many there are
 */
size_t background_signal(const pid_t except[static 2], int signal, struct buffer *names);

#endif
