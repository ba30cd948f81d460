/**
 * @file
 * The one place where a program is put into a box. There is no box yet: a program runs as it is.
 *
 * The program's recorder, strace, stays outside. So a lane, and a program's time, begin at the execve(2) that makes the
 * process this program, and not at those of the box.
 */
#ifndef SOCKSCOPE_BOX_H
#define SOCKSCOPE_BOX_H

/** What starts a program in its box. */
struct box {
    char **words; ///< to run, the last one NULL
    int count;    ///< how many these are
    int execs;    ///< how many execve(2) calls the box itself makes before it becomes the program
};

/**
 * Puts a program into its box.
 * @param program the program and its arguments, the last one NULL
 * @param count   how many these are
 * @return how it is started there; its words live as long as the program's
 */
struct box box_program(char **program, int count);

#endif
