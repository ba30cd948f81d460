/**
 * @file
 * The life of a socket: what bind(), connect() and sendto() do to its addresses.
 *
 * All times are nanoseconds since 1970.
 */
#ifndef SOCKSCOPE_SOCKETS_H
#define SOCKSCOPE_SOCKETS_H

#include "recording.h"

/**
 * Gives a socket new addresses: a new endpoint begins, and the old one ends.
 * @param r      the recording
 * @param socket the socket's number
 * @param local  number of its address; 0 for none
 * @param peer   number of its peer's; 0 for none
 * @param time   when
 */
void socket_change(struct recording *r, uint32_t socket, uint32_t local, uint32_t peer, int64_t time);

/**
 * Fills in a local address that was there and was not known.
 * @param r      the recording
 * @param socket the socket's number
 * @param local  the address
 */
void socket_learn(struct recording *r, uint32_t socket, const struct address *local);

/**
 * Does what a successful bind(2) does.
 * @param r      the recording
 * @param socket the socket's number
 * @param to     the address given to it; one without a port changes nothing
 * @param time   when it was called
 */
void socket_bound(struct recording *r, uint32_t socket, const struct address *to, int64_t time);

/**
 * Does what a successful connect(2) does, which is to dissolve the association when the address is AF_UNSPEC.
 * @param r      the recording
 * @param socket the socket's number
 * @param given  the address given to it; 0.0.0.0 and :: mean this host
 * @param time   when it was called
 * @see `__ip4_datagram_connect()` in net/ipv4/datagram.c, `__udp_disconnect()` in net/ipv4/udp.c
 */
void socket_connected(struct recording *r, uint32_t socket, const struct address *given, int64_t time);

/**
 * Does what a successful send to an address does: it binds a socket without a port to one of the kernel's
 * choice.
 * @param r      the recording
 * @param socket the socket's number
 * @param to     the address given to it
 * @param time   when it was called
 * @see ip(7), `inet_autobind()` in net/ipv4/af_inet.c
 */
void socket_sent(struct recording *r, uint32_t socket, const struct address *to, int64_t time);

#endif
