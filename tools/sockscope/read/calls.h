/**
 * @file
 * strace's output becomes events: reading a file of it, and the two steps for each call.
 */
#ifndef SOCKSCOPE_CALLS_H
#define SOCKSCOPE_CALLS_H

#include "../base/strace.h"
#include "tracker.h"

/**
 * Reads one program's calls, strace's output, into a lane. Lines that strace did not write are complained of and
 * counted.
 * @param r       the recording
 * @param lane    the lane's number
 * @param path    for complaints
 * @param content the file, which must stay mapped
 */
void calls_read(struct recording *r, int16_t lane, const char *path, struct slice content);

/**
 * Fills an event's call from its arguments: addresses, payload, flags, option.
 * @param r    keeps texts and bytes
 * @param line the call; a call that has not returned has only its first arguments
 * @param e    the event
 */
void call_decode(struct recording *r, const struct strace_line *line, struct event *e);

/**
 * Applies what a call does to the sockets; a call that has not returned changes no address.
 * @param t     processes and sockets of the lane
 * @param line  the call
 * @param e     its event; descriptor and endpoint are set, the endpoint to the state after the call
 * @param begin when the call began, in nanoseconds since 1970
 * @param end   when it returned
 */
void call_effects(struct tracker *t, const struct strace_line *line, struct event *e, int64_t begin, int64_t end);

/**
 * Tells whether the timeline wants a call: it is about a socket, also about one that was lost or closed, or it
 * reads or writes standard input, output or error.
 * @param line       the call
 * @param c          the same, decoded; descriptor and endpoint are set
 * @param was_socket a socket was closed at its descriptor
 * @return true when it does
 */
bool call_wanted(const struct strace_line *line, const struct call *c, bool was_socket);

/**
 * Finds the descriptor that a call is about; a wait has several, see wait_read().
 * @param line       the call
 * @param annotation set to strace's description of it; empty when there is none
 * @return the descriptor, which may be -1; @ref NO_DESCRIPTOR when there is none
 */
int call_descriptor(const struct strace_line *line, struct slice *annotation);

#endif
