/**
 * @file
 * Files that a box needs, and that no other program of the machine may change or find.
 */
#ifndef SOCKSCOPE_BOX_FILES_H
#define SOCKSCOPE_BOX_FILES_H

#include <stdbool.h>

/** Where the scene keeps copies of programs for their boxes: a folder that every machine has, and no program of a scene needs. */
#define BOX_SHELF "/dev/shm"

/**
 * Makes a place for copies of programs, in the scene's own view of the machine.
 * @return false when that cannot be; errno says why
 */
bool box_furnish(void);

/**
 * Copies a program, for everybody to run.
 * @param from its path
 * @param to   the copy's
 * @return whether the whole file is there now
 */
bool box_copy(const char *from, const char *to);

/**
 * Makes a short text readable by a descriptor.
 * @param text at most what a pipe holds, 65536 bytes (pipe(7))
 * @return where it can be read from, or -1; errno says why
 */
int box_readable(const char *text);

#endif
