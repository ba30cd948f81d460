/**
 * @file
 * Watching over a program that strace runs, until it has ended.
 */
#ifndef SOCKSCOPE_SUPERVISE_H
#define SOCKSCOPE_SUPERVISE_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/** The program while it runs. */
struct running {
    pid_t strace;      ///< a child; it ends with the last process that it traces
    pid_t ours[2];     ///< children that are no part of the program: strace and the capture
    const char *path;  ///< of strace's output, which tells the program's process id; not owned
    const char *title; ///< of the program, for messages; not owned
    bool waits;        ///< also for what the program leaves in the background
    pid_t program;     ///< 0 until strace has started it
    int process;       ///< a pidfd of the program; -1 at the beginning
    int signals;       ///< how many came that ask us to end
    int64_t left;      ///< milliseconds since the program ended; 0 while it runs
    bool told;         ///< that something is ended in the background
};

/**
 * Waits until a program has ended. It passes signals on to it, the second of which ends it; and it ends what the
 * program leaves in the background.
 * @param p   the program, which strace was started for
 * @param set signals that are blocked: SIGCHLD, and those that ask us to end
 * @return the program's wait status
 * @see waitpid(2)
 */
int supervise(struct running *p, const sigset_t *set);

#endif
