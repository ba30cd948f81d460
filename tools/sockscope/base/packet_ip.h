/**
 * @file
 * From IP on: what packet_link.c finds behind the headers of the link.
 */
#ifndef SOCKSCOPE_PACKET_IP_H
#define SOCKSCOPE_PACKET_IP_H

#include "packet.h"

/** Ethernet's names for what follows, see IANA's "IEEE 802 Numbers". */
enum { TYPE_IPV4 = 0x0800, TYPE_IPV6 = 0x86dd };

/**
 * Reads a byte.
 * @param s  the packet
 * @param at its place
 * @return the byte; 0 behind the packet's end
 */
uint8_t packet_u8(struct slice s, size_t at);

/**
 * Reads a number of two bytes in network byte order.
 * @param s  the packet
 * @param at its place
 * @return the number; bytes behind the packet's end are 0
 */
uint16_t packet_u16(struct slice s, size_t at);

/**
 * Reads an address.
 * @param s    the packet
 * @param at   its place
 * @param kind an @ref address_kind
 * @param size its bytes
 * @return the address, without a port; none when the packet ends before
 */
struct address packet_address(struct slice s, size_t at, uint8_t kind, size_t size);

/**
 * Takes a packet of IPv4 or IPv6 apart, and what is in it.
 * @param s      the packet, from IP's header on
 * @param out    filled
 * @param quoted the datagram that an ICMP message is about; NULL for one that is quoted itself
 * @return false when nothing could be made of it
 */
bool packet_decode_ip(struct slice s, struct packet_view *out, struct packet_view *quoted);

#endif
