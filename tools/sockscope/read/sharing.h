/**
 * @file
 * Sockets that several processes use: after a fork, or passed on by SCM_RIGHTS.
 *
 * The packets are the socket's; whose they are, the calls tell.
 */
#ifndef SOCKSCOPE_SHARING_H
#define SOCKSCOPE_SHARING_H

#include "../model/recording.h"

/** A call on a shared socket. */
struct use {
    uint32_t socket; ///< the socket's number
    uint32_t event;  ///< the call's
};

/** All calls on shared sockets. They start as {0}. */
struct sharing {
    struct use *list; ///< by socket, and in order of time; owned
    size_t count;     ///< how many
    size_t capacity;  ///< how many fit
    bool *shared;     ///< by socket; owned
};

/**
 * Finds the sockets that calls of several lanes use.
 * @param r the recording; its events are in order of time
 * @param s filled; sharing_free() it
 */
void sharing_find(const struct recording *r, struct sharing *s);

/**
 * Frees what was found.
 * @param s is of no use afterwards
 */
void sharing_free(struct sharing *s);

/**
 * Tells which process gets data that arrives at a socket: the one whose receiving call returns next.
 * @param r      the recording
 * @param s      the shared sockets
 * @param socket the socket's number
 * @param time   when the packet arrives
 * @return the lane
 */
int16_t sharing_receiver(const struct recording *r, const struct sharing *s, uint32_t socket, int64_t time);

/**
 * Tells which process sends what leaves a socket, or gets a packet without data: the one that is in a call which sends
 * or closes, or that used it last.
 * @param r      the recording
 * @param s      the shared sockets
 * @param socket the socket's number
 * @param time   when the packet passes
 * @return the lane
 */
int16_t sharing_user(const struct recording *r, const struct sharing *s, uint32_t socket, int64_t time);

#endif
