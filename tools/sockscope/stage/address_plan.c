/**
 * @file
 * Reading a host's addresses.
 */
#include "address_plan.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** Sets what is wrong. */
#define REFUSE(why, ...) (buffer_format(why, __VA_ARGS__), false)

static int bit(const uint8_t *bytes, int at) {
    return bytes[at / 8] >> (7 - at % 8) & 1;
}

/** @return whether all bits that name the host are this one */
static bool host_bits_are(const struct host_address *a, int value) {
    for (int i = a->prefix; i < (a->family == AF_INET ? 32 : 128); i++)
        if (bit(a->bytes, i) != value)
            return false;
    return true;
}

static bool check_v4(const struct host_address *a, const char *word, struct buffer *why) {
    if (a->bytes[0] == 0 || a->bytes[0] == 127 || a->bytes[0] > 223)
        return REFUSE(why, "%s cannot be the address of a host on a LAN; 10.0.0.2 can", word);
    if (a->prefix < 8 || a->prefix > 30)
        return REFUSE(why, "'/%d' is no prefix for a LAN of hosts: 8 to 30", a->prefix);
    if (host_bits_are(a, 0))
        return REFUSE(why, "%s is the address of the network itself, not of a host", a->text);
    if (host_bits_are(a, 1))
        return REFUSE(why, "%s is the broadcast address, not that of a host", a->text);
    return true;
}

static bool check_v6(const struct host_address *a, const char *word, struct buffer *why) {
    struct in6_addr address;

    memcpy(&address, a->bytes, sizeof address);
    if (IN6_IS_ADDR_UNSPECIFIED(&address) || IN6_IS_ADDR_LOOPBACK(&address) || IN6_IS_ADDR_MULTICAST(&address) ||
        IN6_IS_ADDR_V4MAPPED(&address))
        return REFUSE(why, "%s cannot be the address of a host on a LAN; fd00::2 can", word);
    if (a->prefix < 8 || a->prefix > 126)
        return REFUSE(why, "'/%d' is no prefix for a LAN of hosts: 8 to 126", a->prefix);
    return true;
}

/** Reads a whole number of at most three digits. */
static bool read_prefix(const char *text, int *prefix) {
    char *end = NULL;

    if (text[0] < '1' || text[0] > '9' || strlen(text) > 3)
        return false;
    *prefix = (int)strtol(text, &end, 10);
    return *end == '\0';
}

static bool read_address(struct host_address *a, const char *word, struct buffer *why) {
    char text[INET6_ADDRSTRLEN + 1] = "";
    const char *slash = strchr(word, '/');
    size_t size = slash ? (size_t)(slash - word) : strlen(word);

    if (size < sizeof text)
        memcpy(text, word, size);
    a->family = strchr(text, ':') ? AF_INET6 : AF_INET;
    a->prefix = a->family == AF_INET ? 24 : 64;
    if (inet_pton(a->family, text, a->bytes) != 1)
        return REFUSE(why,
                      "'%.*s' is not an IPv4 address (four numbers from 0 to 255, such as 10.0.0.2), and not "
                      "an IPv6 one (such as fd00::2)",
                      (int)size, word);
    if (slash && !read_prefix(slash + 1, &a->prefix))
        return REFUSE(why, "'/%s' is no prefix for a LAN of hosts: 8 to 30", slash + 1);
    a->link_local = a->family == AF_INET6 && a->bytes[0] == 0xfe && (a->bytes[1] & 0xc0) == 0x80;
    snprintf(a->text, sizeof a->text, "%s/%d", text, a->prefix);
    return a->family == AF_INET ? check_v4(a, text, why) : check_v6(a, text, why);
}

bool address_plan_read(struct address_plan *plan, char **words, int count, struct buffer *why) {
    int of_v4 = 0, of_v6 = 0;

    *plan = (struct address_plan){0};
    if (count < 1 || count > MOST_ADDRESSES)
        return REFUSE(why, "a host has 1 to %d addresses", MOST_ADDRESSES);
    for (int i = 0; i < count; i++) {
        struct host_address *a = &plan->list[plan->count++];
        if (!read_address(a, words[i], why))
            return false;
        if (a->link_local)
            a->interface = i > 0 ? plan->list[i - 1].interface : 0;
        else
            a->interface = a->family == AF_INET ? of_v4++ : of_v6++;
    }
    plan->interfaces = of_v4 > of_v6 ? of_v4 : of_v6;
    if (plan->interfaces == 0)
        return REFUSE(why, "a link-local address alone does not say which network it is on");
    return true;
}

bool same_network(const struct host_address *a, const struct host_address *b) {
    if (a->link_local || b->link_local || a->family != b->family || a->prefix != b->prefix)
        return false;
    for (int i = 0; i < a->prefix; i++)
        if (bit(a->bytes, i) != bit(b->bytes, i))
            return false;
    return true;
}
