/**
 * @file
 * The one place where a program under test is put into a box.
 *
 * In the box there are the system's programs and libraries, read-only, the program itself, a small writable /tmp, and
 * the network of the scene; no other file, no other process, no terminal, no capability, and only the system calls that
 * its filter allows. Memory, time, processes and open files are limited.
 *
 * The program's recorder, strace, stays outside. So a lane, and a program's time, begin at the execve(2) that makes the
 * process this program, and not at those of the box.
 */
#ifndef SOCKSCOPE_BOX_H
#define SOCKSCOPE_BOX_H

#include "programs.h"

enum {
    BOX_FD = 4,          ///< the first descriptor by which the box gets its files; below them is Valgrind's report
    MOST_BOX_FD = 2,     ///< how many there can be
    MOST_BOX_WORDS = 160 ///< words of the box itself
};

/** What starts a program in its box. */
struct box {
    char **words;           ///< to run, the last one NULL
    int count;              ///< how many these are
    int execs;              ///< how many execve(2) calls come before the program's own
    int files[MOST_BOX_FD]; ///< what becomes BOX_FD and the following
    int file_count;         ///< how many these are
    char *bwrap;            ///< path of bubblewrap; NULL when there is no box
    char *copy;             ///< the folder with the program's copy, outside of the box
    char *confine;          ///< how confine is run; NULL when it is not needed
    char *user;             ///< its word for the user; NULL for none
    char *inside;           ///< the program's path in the box; NULL when there is no box
};

/**
 * Puts a program into its box. What is the kit's own is not boxed, and nor is anything where the machine allows no box.
 * @param s       the scene, which knows what the machine allows
 * @param start   what is to be started
 * @param checked words that run the program in their turn (Valgrind's), the last one NULL; NULL when there are none
 * @param box     filled; box_free() it
 * @return NULL, or why it cannot be
 */
const char *box_program(const struct scene *s, const struct start *start, const char *const *checked, struct box *box);

/**
 * In the process that becomes the program: puts the box's files where its words expect them. Their numbers are below
 * those of all that may be closed.
 * @param box the box
 * @return false when that cannot be; errno says why
 */
bool box_take_files(const struct box *box);

/**
 * Frees a box.
 * @param box what box_program() filled
 */
void box_free(struct box *box);

#endif
