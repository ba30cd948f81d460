/**
 * @file
 * From a host's addresses to its cables: which interface has which, and what network that is in.
 */
#ifndef SOCKSCOPE_ADDRESS_PLAN_H
#define SOCKSCOPE_ADDRESS_PLAN_H

#include "../base/text.h"

#include <netinet/in.h>

enum { MOST_ADDRESSES = 16 }; ///< of a host

/** An address of a host. */
struct host_address {
    char text[INET6_ADDRSTRLEN + 4]; ///< ADDRESS/PREFIX
    uint8_t bytes[16];               ///< in network order; of IPv4 the first four
    int family;                      ///< AF_INET or AF_INET6
    int prefix;                      ///< how many bits name the network
    bool link_local;                 ///< fe80::/10: on every network the same
    int interface;                   ///< 0 for eth0
};

/** The addresses of a host. */
struct address_plan {
    struct host_address list[MOST_ADDRESSES]; ///< in the order in which they were given
    int count;                                ///< how many
    int interfaces;                           ///< how many interfaces that makes
};

/**
 * Reads a host's addresses. The first of a kind, IPv4 or IPv6, is eth0's, the second one eth1's; and so on. A
 * link-local one is on the interface of the address before it. A prefix that is not given is 24, or 64.
 * @param plan  filled
 * @param words ADDRESS[/PREFIX], as many as there are
 * @param count how many
 * @param why   set to what is wrong; buffer_free() it
 * @return false when one of them cannot be a host's
 */
bool address_plan_read(struct address_plan *plan, char **words, int count, struct buffer *why);

/**
 * Tells whether two addresses are in the same network.
 * @param a one
 * @param b another one
 * @return true when they are; link-local ones are in none
 */
bool same_network(const struct host_address *a, const struct host_address *b);

#endif
