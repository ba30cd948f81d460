/**
 * @file
 * Packets that programs make themselves, through sockets of type RAW, PACKET and PING, and what answers them.
 */
#ifndef SOCKSCOPE_RAW_H
#define SOCKSCOPE_RAW_H

#include "../model/recording.h"

/**
 * Tells whether a program has a socket that sends such packets.
 * @param r the recording
 * @return true when one has
 */
bool has_raw_sockets(const struct recording *r);

/**
 * Finds who sent a packet that no socket with a port has sent.
 * @param r  the recording; its events are in order of time
 * @param at the packet's event
 * @return the lane, or @ref LANE_NONE
 */
int16_t raw_sender(const struct recording *r, size_t at);

/**
 * Finds the packet that a packet answers: the last one on the opposite way, of an echo the one with the same number.
 * @param r  the recording; its events are in order of time
 * @param at the answer's event
 * @return the packet's event, or NULL
 */
const struct event *answered_packet(const struct recording *r, size_t at);

/**
 * Finds the packet that an ICMP message quotes.
 * @param r         the recording; its events are in order of time
 * @param at        the message's event; its `about` is not NO_INDEX
 * @param unrefused only one that was not found to be refused yet: equal datagrams are refused one after the other
 * @return the packet's event, or NULL
 */
struct event *quoted_packet(struct recording *r, size_t at, bool unrefused);

/**
 * Tells whether a packet is an echo request or its reply, of ICMP or ICMPv6.
 * @param p the packet
 * @return true when it is
 */
bool is_echo(const struct packet *p);

#endif
