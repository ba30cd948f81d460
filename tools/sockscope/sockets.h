/**
 * @file
 * Which socket is behind a descriptor, and which addresses it has: worked out from the calls themselves.
 *
 * strace describes a socket beside its descriptor, but it remembers the first description that it could get
 * and repeats it after the addresses have changed; so only a description that is new is believed.
 */
#ifndef SOCKSCOPE_SOCKETS_H
#define SOCKSCOPE_SOCKETS_H

#include "recording.h"

/** The most descriptors of a process that are followed. */
enum { MOST_DESCRIPTORS = 1 << 16 };

/** The descriptors of a process; threads share one. */
struct descriptors {
    uint32_t *sockets; ///< by descriptor; NO_INDEX for what is no socket
    size_t room;
};

/** A process or thread. */
struct task {
    int32_t pid;
    uint32_t table;
    bool is_thread;
    size_t asked; ///< the event, counted from 1, of a call before which strace had to ask about its socket
};

/** The processes of a lane and their sockets. */
struct tracker {
    struct recording *r;
    int16_t lane;
    struct descriptors *tables;
    size_t table_count;
    size_t table_room;
    struct task *tasks;
    size_t task_count;
    size_t task_room;
    bool asked; ///< strace had to ask the kernel for the description that tracker_socket was given last
};

void tracker_free(struct tracker *t);
/** Finds a task, or adds it with a copy of the first task's descriptors. */
struct task *tracker_task(struct tracker *t, int32_t pid);
/** A new process or thread. */
void tracker_clone(struct tracker *t, int32_t parent, int32_t child, bool shares, bool is_thread);
/** A process has ended: its sockets are closed. @return false when it was only a thread */
bool tracker_exit(struct tracker *t, int32_t pid, int64_t time);

/** The socket behind a descriptor, given strace's description of it. @return its number or NO_INDEX */
uint32_t tracker_socket(struct tracker *t, int32_t pid, int fd, struct slice annotation, int64_t time);
/** A descriptor now stands for that socket. */
void tracker_open(struct tracker *t, int32_t pid, int fd, uint32_t socket);
/** A descriptor was closed. */
void tracker_close(struct tracker *t, int32_t pid, int fd, int64_t time);
/** A socket that a call has made. */
uint32_t tracker_new_socket(struct tracker *t, struct slice type, bool ipv6, int64_t time);

/** The addresses of a socket change at that time. 0: no address; the old endpoint ends. */
void socket_change(struct recording *r, uint32_t socket, uint32_t local, uint32_t peer, int64_t time);
/** Fills in a local address that was not known before. */
void socket_learn(struct recording *r, uint32_t socket, const struct address *local);

/** What a successful call does to its socket's addresses. */
void socket_bound(struct recording *r, uint32_t socket, const struct address *to, int64_t time);
void socket_connected(struct recording *r, uint32_t socket, const struct address *to, int64_t time);
void socket_sent(struct recording *r, uint32_t socket, const struct address *to, int64_t time);

#endif
