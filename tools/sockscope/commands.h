/**
 * @file
 * The subcommands, and what they share. Each gets its own arguments, `argv[0]` being its name, and returns the
 * exit status.
 */
#ifndef SOCKSCOPE_COMMANDS_H
#define SOCKSCOPE_COMMANDS_H

#include <stdio.h>

#include "ladder.h"

/** Exit statuses. */
enum {
    DONE = 0,   ///< all went well
    FAILED = 1, ///< something could not be read or done
    USAGE = 2,  ///< wrong usage
};

/**
 * `sockscope calls`: records one program's system calls.
 * @param argc number of arguments
 * @param argv the arguments
 * @return exit status; not at all when it has become strace, whose status is the program's
 */
int command_calls(int argc, char **argv);

/**
 * `sockscope capture`: records the packets of the present network namespace.
 * @param argc number of arguments
 * @param argv the arguments
 * @return exit status
 */
int command_capture(int argc, char **argv);

/**
 * `sockscope draw`: draws a recording as a ladder, in the terminal or as SVG.
 * @param argc number of arguments
 * @param argv the arguments
 * @return exit status
 */
int command_draw(int argc, char **argv);

/**
 * `sockscope events`: prints a recording as JSON Lines.
 * @param argc number of arguments
 * @param argv the arguments
 * @return exit status
 */
int command_events(int argc, char **argv);

/**
 * `sockscope has`: tells whether a recording has such a call, or such a packet.
 * @param argc number of arguments
 * @param argv the arguments
 * @return exit status: @ref DONE when it has, @ref FAILED when it has not, @ref USAGE when that cannot be told
 */
int command_has(int argc, char **argv);

/**
 * `sockscope run`: runs a program in a private network and draws what happened.
 * @param argc number of arguments
 * @param argv the arguments
 * @return exit status: the program's, or 128 and the signal's number
 */
int command_run(int argc, char **argv);

/**
 * Tells whether a program can be started, so that a message names it and not strace.
 * @param program its path, or a name that is looked for in PATH as execvp(3) does
 * @return false when it cannot; errno says why
 */
bool can_start(const char *program);

/**
 * Becomes strace, which records a program's calls in FOLDER/NAME.calls; exits with a message when it cannot.
 * @param folder  the recording
 * @param name    the lane's name
 * @param append  go on in an existing file
 * @param program the program and its arguments
 * @param count   how many these are
 */
_Noreturn void record_calls(const char *folder, const char *name, bool append, char **program, int count);

/**
 * Draws a recording into a file.
 * @param folder  the recording
 * @param options what to draw
 * @param svg     as SVG, not for a terminal
 * @param title   of an SVG picture, or NULL for the programs' names
 * @param width   of a terminal, in cells
 * @param colours of a terminal
 * @param file    where to
 * @return exit status
 */
int draw_recording(const char *folder, const struct ladder_options *options, bool svg, const char *title,
                   int width, bool colours, FILE *file);

/**
 * Tells how wide the terminal behind a descriptor is.
 * @param fd the descriptor
 * @return its columns, else COLUMNS, each if it is 40 or more; else 80
 * @see TIOCGWINSZ in ioctl_tty(2)
 */
int terminal_width(int fd);

/**
 * Tells whether a descriptor is a terminal that shows colours, and nobody has asked for none.
 * @param fd the descriptor
 * @return true when it is
 * @see https://no-color.org
 */
bool wants_colours(int fd);

/**
 * Tells whether a descriptor is a terminal that cannot show UTF-8.
 * @param fd the descriptor
 * @return true when it is
 * @see nl_langinfo(3)
 */
bool needs_ascii(int fd);

/**
 * Captures into FOLDER/NAME.pcapng until a signal or the end of standard input.
 * @param folder     the recording
 * @param name       the host's name
 * @param only       the one interface to capture, by the kernel's number; 0 for all
 * @param buffer_mib memory for packets that wait, in MiB; 0 for as much as a socket may hold
 * @param tell_fd    gets "ready" and "done", each on a line
 * @return exit status
 */
int capture_packets(const char *folder, const char *name, unsigned only, int buffer_mib, int tell_fd);

/**
 * Gives the path of a recording's file, and makes the folder when it is missing. Exits with a message when
 * that cannot be, or when the name is not one word that can stand in a file name.
 * @param folder the recording
 * @param name   of the lane or host
 * @param ending ".calls" or ".pcapng"
 * @return FOLDER/NAME.ending; free(3) it
 */
char *recording_path(const char *folder, const char *name, const char *ending);

/**
 * Tells which network namespace this is.
 * @return its inode; 0 when it cannot be told
 * @see namespaces(7)
 */
uint64_t present_netns(void);

/**
 * Prints the events of a recording as JSON Lines, the schema udplab-events/1 of EVENTS.md.
 * @param r    the recording
 * @param out  takes the text
 * @param file where it is written to piece by piece, or NULL to keep everything in `out`
 * @return false when writing failed
 */
bool events_print(const struct recording *r, struct buffer *out, FILE *file);

#endif
