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
    ADDRESS_UNSPEC, ///< AF_UNSPEC: the address that dissolves an association
    ADDRESS_LINK,   ///< ip[0..5]: an Ethernet address
    ADDRESS_OTHER,  ///< a family that sockscope does not draw (AF_UNIX, AF_NETLINK, ...)
};

/** An address and a port; has_port tells "port 0" from "no port here" (ICMP, ARP). */
struct address {
    uint8_t kind;
    uint8_t has_port;
    uint16_t port;
    uint8_t ip[16];
};

enum { ADDRESS_TEXT = 64 };

/** Writes "127.0.0.1:43211", "[::1]:43211", "10.0.0.2", "AF_UNSPEC". @return text */
const char *address_print(const struct address *a, char text[static ADDRESS_TEXT]);
/** Writes the address without its port and brackets. @return text */
const char *address_print_ip(const struct address *a, char text[static ADDRESS_TEXT]);
/** Reads "127.0.0.1:43211" or "[::1]:43211". @return false for anything else */
bool address_parse(struct slice s, struct address *a);
/** Reads one of strace's structures: {sa_family=AF_INET, sin_port=htons(7), ...}. */
bool address_parse_structure(struct slice s, struct address *a);
/** Same address and same port. */
bool address_same(const struct address *a, const struct address *b);
/** Same address, whatever the port. */
bool address_same_ip(const struct address *a, const struct address *b);
/** 0.0.0.0 or :: */
bool address_is_any(const struct address *a);
/** 127.0.0.0/8 or ::1 */
bool address_is_loopback(const struct address *a);
/** 224.0.0.0/4 or ff00::/8 */
bool address_is_multicast(const struct address *a);
/** Turns ::ffff:10.0.0.1 into 10.0.0.1, so that a dual-stack socket meets its packets. */
struct address address_unmapped(struct address a);

#endif
