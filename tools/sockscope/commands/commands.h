/**
 * @file
 * The subcommands, and what they share. Each gets its own arguments, `argv[0]` being its name, and returns the
 * exit status.
 */
#ifndef SOCKSCOPE_COMMANDS_H
#define SOCKSCOPE_COMMANDS_H

#include <stdio.h>

#include "../ladder/ladder.h"

/**
 * `sockscope calls`: records one program's system calls.
 * @param argc number of arguments
 * @param argv the arguments
 * @return exit status; not at all when it has become strace, whose status is the program's
 */
int command_calls(int argc, char **argv);

/**
 * `sockscope capture`: records the packets of the current network namespace.
 * @param argc number of arguments
 * @param argv the arguments
 * @return exit status
 */
int command_capture(int argc, char **argv);

/**
 * `sockscope clean`: makes a text fit to be shown.
 * @param argc number of arguments
 * @param argv the arguments
 * @return exit status
 */
int command_clean(int argc, char **argv);

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
 * @return exit status: @ref DONE when it has, @ref FAILED when it has not, @ref USAGE when it cannot answer
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
 * `sockscope stage`: plays a scene on command.
 * @param argc number of arguments
 * @param argv the arguments
 * @return exit status; not at all when a scene was played, which ends the process
 */
int command_stage(int argc, char **argv);

/** What a ladder is drawn as. */
enum form {
    FORM_TEXT, ///< lines for a terminal
    FORM_SVG,  ///< a picture
    FORM_PNG,  ///< the same, by rsvg-convert
    FORM_PDF,  ///< the same, by rsvg-convert
};

/**
 * Draws a recording into a file.
 * @param folder  the recording
 * @param options what to draw
 * @param form    as what
 * @param title   of a picture, or NULL for the programs' names
 * @param width   of a terminal, in cells
 * @param colours of a terminal
 * @param file    where to
 * @return exit status
 */
int draw_recording(const char *folder, const struct ladder_options *options, enum form form, const char *title,
                   int width, bool colours, FILE *file);

/**
 * Writes an SVG picture as another kind of picture, which the program rsvg-convert makes.
 * @param svg  the picture
 * @param form @ref FORM_PNG or @ref FORM_PDF
 * @param file where to
 * @return exit status
 */
int convert_svg(const struct buffer *svg, enum form form, FILE *file);

/**
 * Prints the events of a recording as JSON Lines, the schema udplab-events/1 of EVENTS.md.
 * @param r    the recording
 * @param out  takes the text
 * @param file where it is written to piece by piece, or NULL to keep everything in `out`
 * @return false when writing failed
 */
bool events_print(const struct recording *r, struct buffer *out, FILE *file);

#endif
