/**
 * @file
 * The subcommands. Each gets its own argv (argv[0] is its name) and returns the
 * exit status.
 */
#ifndef SOCKSCOPE_COMMANDS_H
#define SOCKSCOPE_COMMANDS_H

#include <stdio.h>

#include "ladder.h"

/** Exit statuses: 0 all went well, 1 something could not be read or done, 2
 * wrong usage. */
enum { DONE = 0, FAILED = 1, USAGE = 2 };

int command_calls(int argc, char **argv);
int command_capture(int argc, char **argv);
int command_draw(int argc, char **argv);
int command_events(int argc, char **argv);
int command_run(int argc, char **argv);

/** Tells whether a program can be started, so that a message names it and not strace; errno says why not. */
bool can_start(const char *program);
/** Becomes strace, which records a program's calls in FOLDER/NAME.calls. */
_Noreturn void record_calls(const char *folder, const char *name, bool append, char **program, int count);

/** Draws a recording into a file. @return exit status */
int draw_recording(const char *folder, const struct ladder_options *options, bool svg, const char *title,
                   int width, bool colours, FILE *file);
/** Columns of the terminal behind a descriptor, else COLUMNS, else 80. */
int terminal_width(int fd);
/** A terminal that shows colours, and nobody has asked for none. */
bool wants_colours(int fd);
/** A terminal that cannot show UTF-8. */
bool needs_ascii(int fd);

/** Captures into DIR/NAME.pcapng until told to end; writes "ready" and "done"
 * to tell_fd. only = the one interface, or 0 for all. @return exit status
 */
int capture_packets(const char *folder, const char *name, unsigned only, int buffer_mib, int tell_fd);

/**
 * Writes DIR/NAME.ending after checking NAME, and makes DIR when it is missing.
 * Exits with a message when that cannot be; a name is one word that can stand
 * in a file name.
 * @return the path; free it
 */
char *recording_path(const char *folder, const char *name, const char *ending);

/** The inode of the present network namespace, 0 when it cannot be told. */
uint64_t present_netns(void);

/**
 * Prints the events of a recording as JSON Lines.
 * @param r    the recording
 * @param out  takes the text
 * @param file where it is written to piece by piece, or NULL to keep everything in `out`
 * @return false when writing failed
 */
bool events_print(const struct recording *r, struct buffer *out, FILE *file);

#endif
