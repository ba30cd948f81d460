/**
 * @file
 * What TCP's packets tell of the calls around them.
 */
#ifndef SOCKSCOPE_TCP_H
#define SOCKSCOPE_TCP_H

#include "../model/recording.h"

/**
 * Corrects the ends of calls, which are known only roughly where strace first asked about a socket: connect() is over
 * with the last packet of the handshake, and what a program did was over before its end said FIN.
 * @param r  the recording; its events are in order of time
 * @param at a TCP packet's event
 */
void tcp_settle_calls(struct recording *r, size_t at);

/**
 * Takes a reset that no socket sent for what it is: the answer to a packet that no socket accepted.
 * @param r  the recording; its events are in order of time
 * @param at the reset's event
 */
void tcp_refused(struct recording *r, size_t at);

#endif
