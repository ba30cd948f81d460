/**
 * @file
 * Descriptors that travel in control messages, see SCM_RIGHTS in unix(7).
 */
#ifndef SOCKSCOPE_PASSING_H
#define SOCKSCOPE_PASSING_H

#include "tracker.h"

/**
 * Remembers the sockets that a call sends, or lets the descriptors that it received stand for them.
 * @param t    the processes
 * @param line sendmsg or recvmsg, or their relatives for several messages; it worked
 * @param pid  whose call it is
 * @param out  it sends
 * @param time when it returned
 */
void descriptors_passed(struct tracker *t, const struct strace_line *line, int32_t pid, bool out, int64_t time);

#endif
