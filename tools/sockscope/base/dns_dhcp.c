/**
 * @file
 * The few fields of DNS and DHCP that name a message.
 */
#include "dns_dhcp.h"

#include <string.h>

enum {
    PORT_DNS = 53,
    PORT_MDNS = 5353,
    PORT_DHCP_SERVER = 67,
    PORT_DHCP_CLIENT = 68,
    DNS_HEADER = 12,
    DHCP_OPTIONS = 240, ///< they begin after the magic number
    DHCP_MESSAGE_TYPE = 53,
    LABEL_MAX = 63,
};

static unsigned u8(struct slice s, size_t at) {
    return at < s.size ? (unsigned char)s.at[at] : 0;
}

static unsigned u16(struct slice s, size_t at) {
    return u8(s, at) << 8 | u8(s, at + 1);
}

/** Appends a name, which is not compressed in a question. @return where it ends; 0 when it is none */
static size_t put_name(struct buffer *out, struct slice s) {
    size_t at = DNS_HEADER;

    for (unsigned size; (size = u8(s, at)) != 0; at += 1 + size) {
        if (size > LABEL_MAX || at + 1 + size >= s.size)
            return 0;
        buffer_text(out, at > DNS_HEADER ? "." : "");
        for (size_t i = 0; i < size; i++) {
            char c = s.at[at + 1 + i];
            buffer_add(out, c > ' ' && c <= '~' ? &c : "?", 1);
        }
    }
    if (at == DNS_HEADER)
        buffer_text(out, "."); // the root
    return at + 5 <= s.size ? at + 1 : 0;
}

static void put_type(struct buffer *out, unsigned type) {
    static const struct {
        unsigned number;
        const char *name;
    } types[] = {{1, "A"},    {2, "NS"},    {5, "CNAME"}, {6, "SOA"},    {12, "PTR"}, {15, "MX"},
                 {16, "TXT"}, {28, "AAAA"}, {33, "SRV"},  {65, "HTTPS"}, {255, "ANY"}};

    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (types[i].number == type) {
            buffer_format(out, " %s", types[i].name);
            return;
        }
    }
    buffer_format(out, " TYPE%u", type);
}

static bool dns_words(struct buffer *out, struct slice s) {
    static const char *const codes[] = {"", " FORMERR", " SERVFAIL", " NXDOMAIN", " NOTIMP", " REFUSED"};
    struct buffer name = {0};
    unsigned flags = u16(s, 2);
    unsigned code = flags & 15;

    if (s.size < DNS_HEADER || u16(s, 4) != 1 || (flags & 0x7800) != 0 || code >= sizeof codes / sizeof *codes)
        return false; // only the usual: one question, opcode QUERY
    size_t end = put_name(&name, s);
    if (end > 0) {
        buffer_format(out, "DNS %s%s %s", flags & 0x8000 ? "answer" : "query", codes[code], name.at);
        put_type(out, u16(s, end));
    }
    buffer_free(&name);
    return end > 0;
}

static bool dhcp_words(struct buffer *out, struct slice s) {
    static const char *const names[] = {"",    "Discover", "Offer",   "Request", "Decline",
                                        "ACK", "NAK",      "Release", "Inform"};
    size_t at = DHCP_OPTIONS;

    if (s.size < DHCP_OPTIONS || memcmp(s.at + DHCP_OPTIONS - 4, "\x63\x82\x53\x63", 4) != 0)
        return false;
    while (at + 2 < s.size && u8(s, at) != DHCP_MESSAGE_TYPE && u8(s, at) != 255)
        at += u8(s, at) == 0 ? 1 : 2 + (size_t)u8(s, at + 1);
    unsigned type = u8(s, at) == DHCP_MESSAGE_TYPE ? u8(s, at + 2) : 0;
    if (type == 0 || type >= sizeof names / sizeof *names)
        return false;
    buffer_format(out, "DHCP %s", names[type]);
    return true;
}

bool dns_dhcp_words(struct buffer *out, struct slice bytes, uint16_t from, uint16_t to) {
    if (from == PORT_DNS || to == PORT_DNS || from == PORT_MDNS || to == PORT_MDNS)
        return dns_words(out, bytes);
    if (from == PORT_DHCP_SERVER || to == PORT_DHCP_SERVER || from == PORT_DHCP_CLIENT || to == PORT_DHCP_CLIENT)
        return dhcp_words(out, bytes);
    return false;
}
