/**
 * @file
 * Finding the socket that an address belonged to at a time, as the kernel would have found it.
 */
#ifndef SOCKSCOPE_LOOKUP_H
#define SOCKSCOPE_LOOKUP_H

#include "recording.h"

/** Endpoints by their local port. */
struct index {
    struct recording *r;
    uint32_t *first; ///< by port
    uint32_t *next;  ///< by endpoint
};

/** Indexes all endpoints; free `first` and `next`. */
void index_endpoints(struct index *x);
/** Tells whether a socket is on that host; a host or a lane that is not known (-1) fits everywhere. */
bool socket_on_host(const struct recording *r, const struct socket *s, int16_t host);
/** Tells whether a socket is of that protocol. */
bool socket_carries(const struct recording *r, const struct socket *s, uint8_t proto);
/** Tells whether an endpoint existed at that time. */
bool endpoint_alive(const struct endpoint *e, int64_t time);
/**
 * How well an endpoint fits, as the kernel counts it: a fixed peer and a fixed address are each worth
 * something.
 * @param r      the recording
 * @param e      the endpoint
 * @param local  where a packet goes to
 * @param peer   where it comes from
 * @return 0 when it does not fit
 */
int endpoint_fit(const struct recording *r, const struct endpoint *e, const struct address *local,
                 const struct address *peer);
/** The endpoint that would get a packet from `peer` to `local`, or NO_INDEX. */
uint32_t endpoint_owner(const struct index *x, int16_t host, const struct address *local,
                        const struct address *peer, uint8_t proto, int64_t time);
/** The endpoint that sent a packet: its socket may have any peer, for sendto() goes anywhere. NO_INDEX: none.
 */
uint32_t endpoint_sender(const struct index *x, int16_t host, const struct address *src,
                         const struct address *dst, uint8_t proto, int64_t time);

#endif
