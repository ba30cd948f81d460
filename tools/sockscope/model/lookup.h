/**
 * @file
 * Finding the socket that an address belonged to at a time, as the kernel would have found it.
 *
 * The kernel's own search is `__udp4_lib_lookup()` in net/ipv4/udp.c.
 */
#ifndef SOCKSCOPE_LOOKUP_H
#define SOCKSCOPE_LOOKUP_H

#include "recording.h"

/** Endpoints by their local port. It starts as {.r = ...}. */
struct index {
    struct recording *r;      ///< whose endpoints they are; not owned
    uint32_t *first;          ///< the first endpoint of each of the 65536 ports, or NO_INDEX; free(3) it
    uint32_t *next;           ///< after each endpoint, the next one with its port, or NO_INDEX; free(3) it
    uint32_t *portless;       ///< connected endpoints whose port is not known; free(3) it
    size_t portless_count;    ///< how many
    size_t portless_capacity; ///< how many fit
};

/**
 * Indexes all endpoints.
 * @param x the index
 */
void index_endpoints(struct index *x);

/**
 * Tells whether a socket is on that host.
 * @param r    the recording
 * @param s    the socket
 * @param host the host, or -1
 * @return true when it is; a host that is not known fits everywhere
 */
bool socket_on_host(const struct recording *r, const struct socket *s, int16_t host);

/**
 * Tells whether a socket is of that protocol.
 * @param r     the recording
 * @param s     the socket
 * @param proto @ref PROTO_TCP or @ref PROTO_UDP
 * @return true when it is
 */
bool socket_carries(const struct recording *r, const struct socket *s, uint8_t proto);

/**
 * Tells whether an endpoint existed at that time.
 * @param e    the endpoint
 * @param time nanoseconds since 1970
 * @return true when it did
 */
bool endpoint_alive(const struct endpoint *e, int64_t time);

/**
 * Tells how well an endpoint fits, as the kernel counts it: a fixed peer and a fixed address are each worth
 * something.
 * @param r     the recording
 * @param e     the endpoint
 * @param local where a packet goes to
 * @param peer  where it comes from
 * @return higher is better; 0 when it does not fit
 * @see `compute_score()` in net/ipv4/udp.c
 */
int endpoint_fit(const struct recording *r, const struct endpoint *e, const struct address *local,
                 const struct address *peer);

/**
 * Finds the endpoint that would get a packet.
 * @param x     the index
 * @param host  the host that saw it arrive, or -1
 * @param local where it goes to
 * @param peer  where it comes from
 * @param proto @ref PROTO_TCP or @ref PROTO_UDP
 * @param time  when, in nanoseconds since 1970
 * @return the endpoint's number, or NO_INDEX
 */
uint32_t endpoint_owner(const struct index *x, int16_t host, const struct address *local, const struct address *peer,
                        uint8_t proto, int64_t time);

/**
 * Tells whether a socket of another lane fits as well as the one that was found: both have SO_REUSEPORT.
 * @param x     the index
 * @param found the endpoint that was found
 * @param host  the host that saw the packet, or -1
 * @param local the packet's address on that host
 * @param peer  the other one
 * @param time  when, in nanoseconds since 1970
 * @return true when one does
 * @see socket(7)
 */
bool endpoint_has_rival(const struct index *x, uint32_t found, int16_t host, const struct address *local,
                        const struct address *peer, int64_t time);

/**
 * Finds the endpoint that sent a packet: its socket may have any peer, for sendto() goes anywhere.
 * @param x     the index
 * @param host  the host that saw it leave, or -1
 * @param src   where it comes from
 * @param dst   where it goes to
 * @param proto @ref PROTO_TCP or @ref PROTO_UDP
 * @param time  when, in nanoseconds since 1970
 * @return the endpoint's number, or NO_INDEX
 */
uint32_t endpoint_sender(const struct index *x, int16_t host, const struct address *src, const struct address *dst,
                         uint8_t proto, int64_t time);

#endif
