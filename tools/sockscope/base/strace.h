/**
 * @file
 * The grammar of strace's output: one line in, its parts out.
 *
 * Nothing is copied and nothing is believed: whatever the line holds, the functions return and stay inside it,
 * and the slices that they give are parts of it. A part that is not there is an empty slice.
 *
 * See strace(1); the options that sockscope gives it stand in record_calls.c.
 */
#ifndef SOCKSCOPE_STRACE_H
#define SOCKSCOPE_STRACE_H

#include "text.h"

/** What a line of strace's output says. */
enum strace_kind {
    STRACE_UNKNOWN,    ///< not a line of strace, or one that was cut in a place that leaves nothing to read
    STRACE_CALL,       ///< `name(arguments) = result`
    STRACE_UNFINISHED, ///< `name(arguments... <unfinished ...>`, or a line that was cut
    STRACE_RESUMED,    ///< `<... name resumed>rest) = result`
    STRACE_SIGNAL,     ///< `--- SIGINT {...} ---`
    STRACE_EXITED,     ///< `+++ exited with 1 +++`
    STRACE_KILLED,     ///< `+++ killed by SIGTERM +++`
    STRACE_NOTE,       ///< a remark without meaning for the timeline
};

/** The parts of a line. */
struct strace_line {
    enum strace_kind kind;  ///< which of the other parts are there
    int64_t pid;            ///< process or thread; 0 when the line has none
    int64_t time;           ///< nanoseconds since 1970; -1 when the line has none
    struct slice name;      ///< of the call or of the signal
    struct slice arguments; ///< between the parentheses; of a resumed call: everything after `resumed>`
    struct slice result;    ///< after ` = `, without the duration
    int64_t duration;       ///< nanoseconds in the call; -1 when not told
    int64_t status;         ///< of an exit
};

/** The result of a call, taken apart. */
struct strace_result {
    bool known;              ///< false for `?`
    int64_t value;           ///< -1 for an error
    struct slice error;      ///< `ECONNREFUSED`, or empty
    struct slice annotation; ///< what stands in < > after a descriptor, or empty
    struct slice detail;     ///< what stands in ( ), or empty
};

/** "There is none" for a descriptor; -1 is what a program passes by mistake. */
#define NO_DESCRIPTOR INT32_MIN

/** The most arguments that strace_split() tells apart; no call has more than six. */
enum { STRACE_ARGUMENTS = 8 };

/**
 * Takes a line apart.
 * @param line without its newline
 * @param out  filled; kind is @ref STRACE_UNKNOWN when the line could not be read
 */
void strace_parse(struct slice line, struct strace_line *out);

/**
 * Takes `arguments) = result <seconds>` apart.
 * @param body what follows the opening parenthesis
 * @param out  kind, arguments, result and duration are set; @ref STRACE_UNFINISHED when the end is missing
 */
void strace_parse_body(struct slice body, struct strace_line *out);

/**
 * Replaces the numbers of strace's option `-X verbose` by the names that stand in comments after them.
 * @param line as strace wrote it
 * @param out  the line is appended to it when something was replaced
 * @return false when there was nothing to replace
 */
bool strace_name_numbers(struct slice line, struct buffer *out);

/**
 * Takes the next item off a list that is separated by commas, its inner ones left alone.
 * @param list what stands between the brackets; what follows the item stays
 * @param item set to the item
 * @return false at the end of the list
 */
bool strace_next(struct slice *list, struct slice *item);

/**
 * Gives what stands between the brackets or braces at the front.
 * @param text `[a, b]`, `{a, b}`, or something else
 * @return what is inside, also where the end is missing; an empty slice for something else
 */
struct slice strace_inside(struct slice text);

/**
 * Splits arguments, or the members of a structure, at their outermost commas.
 * @param text  what stands between the parentheses or braces
 * @param parts filled from its front; the last one takes the rest
 * @return how many parts there are
 */
size_t strace_split(struct slice text, struct slice parts[static STRACE_ARGUMENTS]);

/**
 * Takes a result apart, such as `-1 ECONNREFUSED (Connection refused)`.
 * @param result what follows ` = `
 * @return its parts
 */
struct strace_result strace_parse_result(struct slice result);

/**
 * Reads a descriptor: `3`, or `3<UDP:[...]>`.
 * @param argument   the text
 * @param annotation set to what stands in < >
 * @return the descriptor, which may be -1; @ref NO_DESCRIPTOR when it is not a number
 */
int strace_descriptor(struct slice argument, struct slice *annotation);

/**
 * Finds `key=value` among the members of a structure in braces; not in those inside it.
 * @param structure the text, from its brace on
 * @param key       the member's name
 * @return the value; an empty slice when it is not there
 */
struct slice strace_member(struct slice structure, const char *key);

/**
 * Tells how long a quoted string at the front is.
 * @param s the text
 * @return bytes, the quotes included; 0 when there is none or it is cut
 */
size_t strace_quoted(struct slice s);

/**
 * Decodes a quoted string's escapes.
 * @param s     the text, from the quote on; what follows the string does not matter
 * @param bytes the string's bytes are appended to it
 * @return false when the string was cut; its beginning has been appended
 */
bool strace_unquote(struct slice s, struct buffer *bytes);

#endif
