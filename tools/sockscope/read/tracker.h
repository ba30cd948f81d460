/**
 * @file
 * Which socket is behind a descriptor: worked out from the calls themselves.
 *
 * strace describes a socket beside its descriptor, but it remembers the first description that it could get
 * and repeats it after the addresses have changed; so only a description that is new is believed.
 *
 * All times are nanoseconds since 1970.
 */
#ifndef SOCKSCOPE_TRACKER_H
#define SOCKSCOPE_TRACKER_H

#include "../model/sockets.h"

/** The most descriptors of a process that are followed. */
enum { MAX_DESCRIPTORS = 1 << 16 };

/** The descriptors of a process; threads share one. */
struct descriptors {
    uint32_t *sockets; ///< numbers of sockets, by descriptor; NO_INDEX for another file
    bool *closed;      ///< by descriptor: a socket was closed there
    size_t capacity;   ///< how many descriptors fit
};

/** A descriptor that epoll watches, see epoll_ctl(2). */
struct interest {
    uint64_t data;   ///< what the program attached to it
    uint32_t table;  ///< whose it is: index into tracker.tables
    int32_t epoll;   ///< the epoll descriptor
    int32_t fd;      ///< the watched descriptor
    uint16_t events; ///< text: `EPOLLIN`
};

/** A process or thread. */
struct task {
    int32_t pid;      ///< its id; of a thread, gettid(2)'s
    uint32_t table;   ///< its descriptors: index into tracker.tables
    uint32_t parent;  ///< who made it: index into tracker.tasks, or NO_INDEX
    uint32_t process; ///< whose thread it is: index into tracker.tasks; of a process, its own
    int64_t born;     ///< when it was first heard of
    bool is_thread;   ///< its end is not its program's
    size_t asked;     ///< the event, counted from 1, of a call before which strace had to ask about its socket
    size_t untimed;   ///< the event, counted from 1, of a call whose duration was not recorded
};

/** The processes of a lane and their sockets. It starts as {.r = ..., .lane = ...}. */
struct tracker {
    struct recording *r;        ///< keeps the sockets; not owned
    int16_t lane;               ///< whose processes they are
    int64_t now;                ///< the time of the line that is read
    int32_t pid;                ///< whose line it is
    struct descriptors *tables; ///< owned
    size_t table_count;         ///< how many
    size_t table_capacity;      ///< how many fit
    struct task *tasks;         ///< owned
    size_t task_count;          ///< how many
    size_t task_capacity;       ///< how many fit
    struct interest *interests; ///< owned
    size_t interest_count;      ///< how many
    size_t interest_capacity;   ///< how many fit
    uint32_t *passed;           ///< sockets that were sent by SCM_RIGHTS and not received yet, the oldest first; owned
    size_t passed_count;        ///< how many
    size_t passed_capacity;     ///< how many fit
    bool other_ids;             ///< the program's pid namespace is its own: the recording does not use clone(2)'s ids
    bool asked;                 ///< strace had to ask the kernel for what tracker_socket() was given last
};

/**
 * Frees the tables and tasks; the sockets stay in the recording.
 * @param t the tracker
 */
void tracker_free(struct tracker *t);

/**
 * Finds a task, or adds it with a copy of the first task's descriptors.
 * @param t   the tracker
 * @param pid its id
 * @return the task; valid until the next one is added
 */
struct task *tracker_task(struct tracker *t, int32_t pid);

/**
 * Adds a new process or thread. One that is known stays as it is.
 * @param t         the tracker
 * @param parent    who made it
 * @param child     its id
 * @param shares    they share their descriptors (CLONE_FILES)
 * @param is_thread it is a thread of the parent's (CLONE_THREAD)
 * @see clone(2)
 */
void tracker_clone(struct tracker *t, int32_t parent, int32_t child, bool shares, bool is_thread);

/**
 * Tells a process that is heard of whose child it is, where clone(2) told another id: the first child that was not
 * heard of yet, as processes begin in the order in which they are made.
 * @param t   the tracker
 * @param pid the id that the recording uses
 * @return true when the process is known now
 */
bool tracker_recognise(struct tracker *t, int32_t pid);

/**
 * Closes the sockets of a process that has ended.
 * @param t    the tracker
 * @param pid  its id
 * @param time when it ended
 * @return false when it was only a thread; its sockets stay open
 */
bool tracker_exit(struct tracker *t, int32_t pid, int64_t time);

/**
 * Finds the socket behind a descriptor; one that was not known, such as one that was inherited, is added.
 * @param t          the tracker
 * @param pid        whose descriptor it is
 * @param fd         the descriptor
 * @param annotation strace's description of it: `UDP:[127.0.0.1:40000->127.0.0.1:43211]`, or empty
 * @param time       when it was described
 * @return its number, or NO_INDEX when it is not a socket
 */
uint32_t tracker_socket(struct tracker *t, int32_t pid, int fd, struct slice annotation, int64_t time);

/**
 * Lets a descriptor stand for a socket.
 * @param t      the tracker
 * @param pid    whose descriptor it is
 * @param fd     the descriptor; it must not stand for another socket, see tracker_close()
 * @param socket the socket's number
 */
void tracker_open(struct tracker *t, int32_t pid, int fd, uint32_t socket);

/**
 * Closes a descriptor. The socket ends with its last one, unless it is TCP's.
 * @param t    the tracker
 * @param pid  whose descriptor it is
 * @param fd   the descriptor; one that is not a socket is ignored
 * @param time when
 */
void tracker_close(struct tracker *t, int32_t pid, int fd, int64_t time);

/**
 * Finds the socket behind a descriptor, by what was said of it before.
 * @param t   the tracker
 * @param pid whose descriptor it is
 * @param fd  the descriptor
 * @return its number, or NO_INDEX when none is known there
 */
uint32_t tracker_current(struct tracker *t, int32_t pid, int fd);

/**
 * Tells whether a descriptor was a socket that was closed, and nothing else since.
 * @param t   the tracker
 * @param pid whose descriptor it is
 * @param fd  the descriptor
 * @return true when it was
 */
bool tracker_was_socket(struct tracker *t, int32_t pid, int fd);

/**
 * Adds a socket that a call has made, without an address and without a descriptor.
 * @param t    the tracker
 * @param type strace's word: `UDP`, `TCP`, ...
 * @param ipv6 it is of AF_INET6
 * @param time when
 * @return its number
 */
uint32_t tracker_new_socket(struct tracker *t, struct slice type, bool ipv6, int64_t time);

#endif
