/**
 * @file
 * Starting programs, talking with them, ending them.
 */
#ifndef SOCKSCOPE_PROGRAMS_H
#define SOCKSCOPE_PROGRAMS_H

#include "scene.h"

/** What is asked of a start. */
struct start {
    const char *name;           ///< the lane's
    const struct machine *host; ///< where; NULL for the scene's first network
    enum program_kind kind;     ///< how
    int64_t lifetime;           ///< in milliseconds
    char **variables;           ///< NAME=VALUE, as many as there are
    int variable_count;         ///< how many
    char **program;             ///< the program and its arguments
    int count;                  ///< how many these are
};

/**
 * Starts a program.
 * @param s     the scene, which gets one program more
 * @param start what to start
 * @return NULL, or why that could not be
 */
const char *program_start(struct scene *s, const struct start *start);

/**
 * Makes the FIFO that leads to a program's input, if it is not there. Anybody may write to it, and it does not end when
 * nobody does.
 * @param s    the scene
 * @param name the program's
 * @return a descriptor to read from without waiting; -1 when that cannot be
 */
int program_open_typed(const struct scene *s, const char *name);

/**
 * Takes what was typed for a program, and hands it on as far as it fits.
 * @param p the program
 */
void program_take_typed(struct program *p);

/**
 * Types for a program.
 * @param p     the program
 * @param bytes what
 * @param count how many these are
 */
void program_type(struct program *p, const char *bytes, size_t count);

/**
 * Closes a program's standard input when it has all that was typed.
 * @param p the program
 */
void program_finish(struct program *p);

/**
 * Takes what a program has printed, until a line is whole or there is no more.
 * @param p the program
 * @return false when it has printed without end: more than fits, and no line
 */
bool program_fill(struct program *p);

/**
 * Keeps what Valgrind has reported.
 * @param p the program
 */
void program_take_report(struct program *p);

/**
 * Looks whether a program itself has begun: its recording has the execve(2) that made it this program. Sets `self` and
 * `begun` when it has.
 * @param p the program
 * @return true when it has
 */
bool program_has_begun(struct program *p);

/**
 * Signals the program itself, or its first child. SIGSTOP and SIGCONT go to all of its processes.
 * @param p      the program
 * @param number the signal's
 * @param child  not the program, but the first process that it has started
 * @return false when there is no such process
 * @see pidfd_send_signal(2)
 */
bool program_signal(struct program *p, int number, bool child);

/**
 * Tells how much processor time a program takes that has not ended, with all that it started and its recorder. Where it
 * is killed in a box, nobody waits for it, and the kernel adds its time to nobody's.
 * @param p the program
 * @return milliseconds; 0 when it has ended
 * @see proc_pid_stat(5)
 */
int64_t program_spent(const struct program *p);

/**
 * Kills a program and everything that it started, wherever that has gone.
 * @param p the program
 */
void program_kill(struct program *p);

#endif
