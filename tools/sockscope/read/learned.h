/**
 * @file
 * What packets tell of the sockets that sent them: ports and addresses that the kernel chose.
 */
#ifndef SOCKSCOPE_LEARNED_H
#define SOCKSCOPE_LEARNED_H

#include "../model/lookup.h"

/** The most events that are searched for the call that sent a packet, or for a packet that another one answers. */
enum { LOOK_BACK = 512 };

/**
 * Tells whether two payloads begin with the same bytes.
 * @param a an event
 * @param b another one
 * @return true when the shorter payload is the beginning of the longer one
 */
bool same_bytes(const struct event *a, const struct event *b);

/**
 * Tells whether a call was sending this packet when it passed.
 * @param r      the recording
 * @param e      an event of any kind
 * @param packet an event of kind @ref EVENT_PACKET
 * @return true when it was
 */
bool was_sending(const struct recording *r, const struct event *e, const struct event *packet);

/**
 * Finds the socket that sent a packet although its port is not known yet, and learns the port.
 * @param x  the index, to which the port is added
 * @param at the packet's event
 * @return the socket's endpoint, or NO_INDEX
 */
uint32_t learn_port(struct index *x, size_t at);

/**
 * Takes over the local address of a connected socket from a packet that it sent.
 * @param r        the recording
 * @param endpoint the socket's
 * @param src      where the packet comes from
 */
void learn_address(struct recording *r, uint32_t endpoint, const struct address *src);

/**
 * Gives connected sockets that sent nothing the address that their host has on the peer's network.
 * @param r the recording
 */
void guess_addresses(struct recording *r);

#endif
