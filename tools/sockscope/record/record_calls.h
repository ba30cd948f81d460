/**
 * @file
 * Recording a program's calls.
 */
#ifndef SOCKSCOPE_RECORD_CALLS_H
#define SOCKSCOPE_RECORD_CALLS_H

#include "../base/text.h"

/**
 * Finds a program as execvp(3) does.
 * @param program its path, or a name that is looked for in PATH
 * @return its path; free(3) it. NULL when it cannot be started; errno says why
 */
char *find_program(const char *program);

/**
 * Tells whether a program can be started, so that a message names it and not strace.
 * @param program its path, or a name that is looked for in PATH
 * @return false when it cannot; errno says why
 */
bool can_start(const char *program);

/**
 * Becomes strace, which records a program's calls in FOLDER/NAME.calls; exits with a message when it cannot.
 * @param folder  the recording
 * @param name    the lane's name
 * @param append  go on in an existing file
 * @param execs   how many execve(2) calls come before the one that makes a process this program: what the calls before
 * it do
 *                is not the program's
 * @param program the program and its arguments
 * @param count   how many these are
 */
_Noreturn void record_calls(const char *folder, const char *name, bool append, int execs, char **program, int count);

#endif
