/**
 * @file
 * From the text of a call to an event: shared by the files that read calls.
 */
#ifndef SOCKSCOPE_CALLS_H
#define SOCKSCOPE_CALLS_H

#include "sockets.h"
#include "strace.h"

/** Where a call keeps what; positions count arguments from 0, -1 is "has none". */
struct call_shape {
    const char *name;
    int8_t payload; ///< a string
    int8_t vector;  ///< an array of iovec, or a msghdr
    int8_t size;
    int8_t flags;
    int8_t address;
    bool is_out; ///< the payload leaves the program
    bool fills;  ///< the address is filled by the kernel
};

/** The shape of a call, or NULL when it is not one of those that move data or addresses. */
const struct call_shape *call_shape(struct slice name);

/**
 * Fills an event's call from its arguments: addresses, payload, flags, option.
 * @param r    keeps texts and bytes
 * @param line the call; a call that has not returned has only its first arguments
 * @param e    the event
 */
void call_decode(struct recording *r, const struct strace_line *line, struct event *e);

/**
 * Lets a call that has returned change what is known of the sockets.
 * @param t     processes and sockets of the lane
 * @param line  the call
 * @param e     its event; the endpoint is set to the state after the call
 * @param begin when the call began
 * @param end   when it returned
 */
void call_effects(struct tracker *t, const struct strace_line *line, struct event *e, int64_t begin,
                  int64_t end);

/** Tells whether the timeline wants a call: it is about a socket, or standard input or output. */
bool call_wanted(const struct strace_line *line, int fd, uint32_t socket);

/** The descriptor that a call is about, also inside poll's and select's lists; -1 when there is none. */
int call_descriptor(const struct strace_line *line, struct slice *annotation);

#endif
