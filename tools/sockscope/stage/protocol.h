/**
 * @file
 * How one talks with the stage, version 1: a line on its standard input is a command, and lines on its standard
 * output answer it.
 *
 * The words of a line stand apart by the byte 0x1f; a newline in a word is sent as 0x1e. One command at a time: the
 * next one may be sent when the last one has been answered. An answer is any number of notes and then a verdict:
 *
 *     output NAME COUNT TEXT   the program has printed its COUNTth line
 *     exit NAME STATUS         the program has ended, and all that it printed has been read
 *
 *     yes [WORD]...            it is so, or it is done
 *     no [WORD]...             it is not so
 *     error TEXT               it cannot be told, or the command is a wrong one
 *
 * The first line is a verdict of its own accord: `yes 1 private|shared MILLISECONDS WHY`: the version, which network
 * this is, how long it took to make, and if it is shared, why. An end of standard input ends the scene.
 *
 *     host NAME ADDRESS...     a host on the scene's private LAN; stage/hosts.h tells what an address may be
 *     ip HOST LINE...          lines for `ip -batch` on a host
 *     nft HOST RULES           rules for `nft -f` on a host
 *     sysctl HOST NAME VALUE   net.ipv4.ip_forward, and its like
 *     switch HOST on|off       plugs its cables in, or out
 *     faults HOST WORD...      seed=N lose=PERCENT duplicate=PERCENT reorder=PERCENT delay=MS: of the datagrams
 *                              on its cable
 *     start NAME HOST HOW SECONDS [VARIABLE=VALUE]... -- PROGRAM [ARGUMENT]...
 *                              starts a program on a host ("here": none of them), to be ended with everything that it
 *                              started SECONDS after its own execve. HOW is a @ref program_kind
 *     line NAME MS             its next line, within so much time: yes TEXT; no late|ended|endless OTHER
 *     expect NAME MS TEXT...   goes on to lines that are these, in whatever order. One * in a text matches
 *                              anything: yes MATCH; no as above
 *     close NAME               ends its input
 *     wait NAME MS             waits until it has ended, and has been read to its end: yes; no as above
 *     call NAME MS PATTERN     waits until a line of its recorded calls has this in it: yes; no
 *     complaint NAME MS TEXT   waits until a line of its standard error has this in it: yes; no
 *     signal NAME SIGNAL       signals the program itself: yes; no when it has ended
 *     signal-child NAME SIGNAL signals the first process that it has started
 *     printed NAME TEXT        whether it has printed this line; printed-part: a line with this in it
 *     said NAME TEXT           whether this is a line of its standard error; said-anything: whether there is one
 *     has KIND LANE NAME ...   what `sockscope has` tells of the recording so far
 *     waited NAME MS           whether so much time is between its last datagram and its last event
 *     packets                  waits until the recording holds all that has happened so far
 *     begun NAME               whether the program itself has begun
 *     outlived NAME            whether it was ended because its SECONDS were over
 *     spent                    the processor time of its programs so far: yes MILLISECONDS
 *     end                      ends the scene, and all that is in it
 *
 * What a program is to read is written into the FIFO FOLDER/NAME.in, which `start` makes. Beside it stand
 * FOLDER/NAME.printed, the lines read so far, without blanks at their ends, and FOLDER/NAME.err.
 *
 * A wait ends early when a program under test (`answer`) has ended instead of what is waited for: OTHER names it.
 */
#ifndef SOCKSCOPE_PROTOCOL_H
#define SOCKSCOPE_PROTOCOL_H

#include "../base/text.h"

/** Version of the protocol. */
#define STAGE_PROTOCOL "1"

enum {
    MAX_WORDS = 128,       ///< in a command
    MAX_COMMAND = 1 << 20, ///< bytes of a command
};

/** A command's words. */
struct command {
    char *words[MAX_WORDS + 1]; ///< of which the last is NULL
    int count;                  ///< how many; 0 when the line is empty, -1 when there are too many
};

/**
 * Takes a line apart.
 * @param line    without its newline; it is changed, and the words point into it
 * @param command filled
 */
void command_split(char *line, struct command *command);

/**
 * Takes the first line out of what has been read.
 * @param input what has been read
 * @return the line, without its newline; free(3) it. NULL when no line is whole yet
 */
char *take_line(struct buffer *input);

/**
 * Makes a line of words.
 * @param line  gets it, and its newline
 * @param words that it consists of, the last one NULL
 */
void join_words(struct buffer *line, const char *const *words);

/**
 * Writes a line.
 * @param fd    where to
 * @param words that it consists of, the last one NULL
 * @return false when nobody reads any more
 */
bool write_words(int fd, const char *const *words);

/** Writes a line that consists of these words. */
#define write_line(fd, ...) write_words(fd, (const char *const[]){__VA_ARGS__, NULL})

#endif
