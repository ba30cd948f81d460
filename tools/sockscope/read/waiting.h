/**
 * @file
 * Waits: what poll, select and epoll_wait watch, for how long, and what has come.
 */
#ifndef SOCKSCOPE_WAITING_H
#define SOCKSCOPE_WAITING_H

#include "../base/strace.h"
#include "tracker.h"

/**
 * Tells whether a call waits for descriptors: poll, select, epoll_wait and their relatives.
 * @param name the call's name
 * @return true when it does
 */
bool is_wait(struct slice name);

/**
 * Reads a wait into an event. Its descriptor is that of the first Internet socket among those it watches, or of the
 * first socket.
 * @param t    processes and sockets of the lane
 * @param line the call
 * @param e    its event
 * @param time when it began
 * @return the number of that socket, or NO_INDEX
 */
uint32_t wait_read(struct tracker *t, const struct strace_line *line, struct event *e, int64_t time);

/**
 * Applies epoll_ctl.
 * @param t    processes and sockets of the lane
 * @param line the call, which has worked
 * @param pid  whose it is
 */
void wait_control(struct tracker *t, const struct strace_line *line, int32_t pid);

/**
 * Forgets what a closed epoll descriptor watched, and a closed descriptor that was watched.
 * @param t   processes and sockets of the lane
 * @param pid who closed it
 * @param fd  the descriptor
 */
void wait_closed(struct tracker *t, int32_t pid, int fd);

#endif
