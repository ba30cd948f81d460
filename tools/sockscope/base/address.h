/**
 * @file
 * Internet addresses with a port, small enough to keep by value.
 */
#ifndef SOCKSCOPE_ADDRESS_H
#define SOCKSCOPE_ADDRESS_H

#include "text.h"

/** What kind of address it is; the printed form depends on it. */
enum address_kind {
    ADDRESS_NONE,   ///< not given
    ADDRESS_IPV4,   ///< ip[0..3]
    ADDRESS_IPV6,   ///< ip[0..15]
    ADDRESS_UNSPEC, ///< AF_UNSPEC: the address that dissolves an association, see connect(2)
    ADDRESS_LINK,   ///< ip[0..5]: an Ethernet address
    ADDRESS_OTHER,  ///< a family that sockscope does not draw (AF_UNIX, AF_NETLINK, ...)
};

/** An address and a port. {0} is "none". It has no padding: recordings compare and hash its bytes. */
struct address {
    uint8_t kind;     ///< an @ref address_kind
    uint8_t has_port; ///< tells "port 0" from "no port here" (ICMP, ARP)
    uint16_t port;    ///< in host byte order; 0 when there is none
    uint8_t ip[16];   ///< in network byte order, as many as the kind says; the rest is 0
    char scope[16];   ///< of a link-local address: the interface that a call gave, see ipv6(7); a packet has none
};

/** The size in bytes of a text for address_print(), with its NUL: more than any address takes. */
enum { ADDRESS_TEXT = 80 };

/**
 * Writes an address as people write it: `127.0.0.1:43211`, `[::1]:43211`, `[fe80::1%eth0]:7`, `10.0.0.2`, `AF_UNSPEC`.
 * @param a    the address; one of kind @ref ADDRESS_NONE gives ""
 * @param text where to write: ADDRESS_TEXT bytes
 * @return text
 * @see inet_ntop(3), RFC 5952 section 6 (the brackets)
 */
const char *address_print(const struct address *a, char text[static ADDRESS_TEXT]);

/**
 * Writes an address without its port, brackets and scope.
 * @param a    the address
 * @param text where to write: ADDRESS_TEXT bytes
 * @return text
 */
const char *address_print_ip(const struct address *a, char text[static ADDRESS_TEXT]);

/**
 * Reads `127.0.0.1:43211` or `[::1]:43211`; strace tells a scope in structures only, and one here is dropped.
 * @param s the text, with nothing before or after
 * @param a filled when the text is an address
 * @return false for anything else
 */
bool address_parse(struct slice s, struct address *a);

/**
 * Reads one of strace's structures: `{sa_family=AF_INET, sin_port=htons(7), ...}`.
 * @param s the text, from its brace on
 * @param a filled; a family without Internet addresses gives @ref ADDRESS_UNSPEC or @ref ADDRESS_OTHER
 * @return false when it is another structure or was cut
 */
bool address_parse_structure(struct slice s, struct address *a);

/**
 * Tells whether two addresses have the same address, whatever their ports.
 * @param a one address
 * @param b the other
 * @return true when they have
 */
bool address_same_ip(const struct address *a, const struct address *b);

/**
 * Tells whether an address is the wildcard: `0.0.0.0` or `::`.
 * @param a the address; its port does not matter
 * @return true when it does
 * @see ip(7), ipv6(7)
 */
bool address_is_any(const struct address *a);

/**
 * Tells whether an address is of the loopback network: `127.0.0.0/8` or `::1`.
 * @param a the address; its port does not matter
 * @return true when it is
 * @see RFC 1122 section 3.2.1.3, RFC 4291 section 2.5.3
 */
bool address_is_loopback(const struct address *a);

/**
 * Tells whether an address is one of multicast: `224.0.0.0/4` or `ff00::/8`.
 * @param a the address; its port does not matter
 * @return true when it is
 * @see RFC 5771, RFC 4291 section 2.7
 */
bool address_is_multicast(const struct address *a);

/**
 * Turns an IPv4-mapped IPv6 address into the IPv4 address, so that a dual-stack socket meets its packets.
 * @param a the address
 * @return the same as IPv4, port included; any other address as it is
 * @see ipv6(7), RFC 4291 section 2.5.5.2
 */
struct address address_unmapped(struct address a);

#endif
