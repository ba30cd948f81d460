/**
 * @file
 * Files that a box needs, and that no other program of the machine may change or find.
 */
#ifndef SOCKSCOPE_BOX_FILES_H
#define SOCKSCOPE_BOX_FILES_H

#include <stdbool.h>

/** Where the scene keeps files for its boxes: a folder that every machine has, and no program of a scene needs. */
#define BOX_SHELF "/dev/shm"

/** The tree of files that all boxes have in common, read-only. */
#define BOX_ROOT BOX_SHELF "/root"

/** The folder of the program in its box. */
#define BOX_PROGRAMS "/box"

/**
 * Makes BOX_SHELF and BOX_ROOT, in the scene's own view of the machine. The root has the system's programs and
 * libraries, harmless devices, what names are looked up in, and places for what each box has for itself: /proc, /tmp,
 * /dev/shm and BOX_PROGRAMS.
 * @return false when that cannot be; errno says why
 * @see mount_setattr(2)
 */
bool box_furnish(void);

/**
 * Copies a program, for everybody to run.
 * @param from   its path
 * @param folder made for the copy
 * @param name   of the copy in there
 * @return whether the whole file is there now; if not, errno says why
 */
bool box_copy(const char *from, const char *folder, const char *name);

#endif
