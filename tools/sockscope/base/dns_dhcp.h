/**
 * @file
 * A word about payloads that nobody reads as text: DNS and DHCP.
 */
#ifndef SOCKSCOPE_DNS_DHCP_H
#define SOCKSCOPE_DNS_DHCP_H

#include "text.h"

/**
 * Says what a message of DNS or DHCP says: `DNS query example.com A`, `DNS answer NXDOMAIN example.com A`, `DHCP
 * Offer`.
 * @param out   is appended to
 * @param bytes the payload of a datagram
 * @param from  the port that it comes from
 * @param to    the port that it goes to
 * @return false, and nothing is appended, when it is neither
 * @see RFC 1035 section 4, RFC 2132 section 9.6
 */
bool dns_dhcp_words(struct buffer *out, struct slice bytes, uint16_t from, uint16_t to);

#endif
