/**
 * @file
 * Reading and printing addresses.
 */
#include "address.h"

#include "strace.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

const char *address_print_ip(const struct address *a, char text[static ADDRESS_TEXT]) {
    switch (a->kind) {
    case ADDRESS_IPV4:
        if (!inet_ntop(AF_INET, a->ip, text, ADDRESS_TEXT))
            text[0] = '\0';
        break;
    case ADDRESS_IPV6:
        if (!inet_ntop(AF_INET6, a->ip, text, ADDRESS_TEXT))
            text[0] = '\0';
        break;
    case ADDRESS_UNSPEC:
        snprintf(text, ADDRESS_TEXT, "AF_UNSPEC");
        break;
    case ADDRESS_LINK:
        snprintf(text, ADDRESS_TEXT, "%02x:%02x:%02x:%02x:%02x:%02x", a->ip[0], a->ip[1], a->ip[2], a->ip[3], a->ip[4],
                 a->ip[5]);
        break;
    case ADDRESS_OTHER:
        snprintf(text, ADDRESS_TEXT, "other");
        break;
    default:
        text[0] = '\0';
    }
    return text;
}

const char *address_print(const struct address *a, char text[static ADDRESS_TEXT]) {
    char ip[ADDRESS_TEXT];

    address_print_ip(a, ip);
    if (!a->has_port || (a->kind != ADDRESS_IPV4 && a->kind != ADDRESS_IPV6))
        snprintf(text, ADDRESS_TEXT, "%s", ip);
    else if (a->kind == ADDRESS_IPV6)
        snprintf(text, ADDRESS_TEXT, "[%.46s%s%.15s]:%u", ip, *a->scope ? "%" : "", a->scope, a->port);
    else
        snprintf(text, ADDRESS_TEXT, "%.50s:%u", ip, a->port);
    return text;
}

/** Reads an address without a port; a scope ("fe80::1%eth0") is dropped. */
static bool parse_ip(struct slice s, struct address *a) {
    char text[ADDRESS_TEXT];
    size_t scope = slice_find(s, "%");

    s.size = scope;
    if (s.size == 0 || s.size >= sizeof text)
        return false;
    memcpy(text, s.at, s.size);
    text[s.size] = '\0';
    *a = (struct address){0};
    if (inet_pton(AF_INET, text, a->ip) == 1)
        a->kind = ADDRESS_IPV4;
    else if (inet_pton(AF_INET6, text, a->ip) == 1)
        a->kind = ADDRESS_IPV6;
    return a->kind != ADDRESS_NONE;
}

bool address_parse(struct slice s, struct address *a) {
    size_t colon = s.size;
    int64_t port = 0;

    while (colon > 0 && s.at[colon - 1] != ':')
        colon--;
    if (colon == 0)
        return false;
    struct slice ip = {s.at, colon - 1};
    if (ip.size >= 2 && ip.at[0] == '[' && ip.at[ip.size - 1] == ']')
        ip = (struct slice){ip.at + 1, ip.size - 2};
    struct slice digits = slice_skip(s, colon);
    size_t used = 0;
    if (!slice_number(digits, &port, &used) || used != digits.size || port < 0 || port > 65535)
        return false;
    if (!parse_ip(ip, a))
        return false;
    a->port = (uint16_t)port;
    a->has_port = 1;
    return true;
}

/** Reads the address in double quotes that follows `key`; with strace -xx its letters are escaped. */
static bool ip_after(struct slice s, const char *key, struct address *a) {
    struct slice rest = slice_skip(s, slice_find(s, key));
    struct buffer text = {0};

    rest = slice_skip(rest, slice_find(rest, "\""));
    bool done = strace_unquote(rest, &text) && parse_ip((struct slice){text.at, text.size}, a);
    buffer_free(&text);
    return done;
}

static bool port_after(struct slice s, struct address *a) {
    struct slice rest = slice_skip(s, slice_find(s, "htons("));
    int64_t port = 0;

    if (!slice_number(slice_skip(rest, 6), &port, NULL) || port < 0 || port > 65535)
        return false;
    a->port = (uint16_t)port;
    a->has_port = 1;
    return true;
}

/** `sin6_scope_id=if_nametoindex("eth0")`, or the number of an interface that was not there any more; 0 for none. */
static void scope_after(struct slice s, struct address *a) {
    struct slice rest = slice_skip(s, slice_find(s, "sin6_scope_id="));
    struct slice value = slice_skip(rest, sizeof "sin6_scope_id=" - 1);
    struct slice quoted = slice_skip(value, slice_find(value, "\""));
    struct buffer name = {0};
    int64_t number = 0;

    if (slice_starts(value, "if_nametoindex(") && strace_unquote(quoted, &name) && name.size < sizeof a->scope)
        memcpy(a->scope, name.at, name.size);
    else if (slice_number(value, &number, NULL) && number > 0 && number <= INT32_MAX)
        snprintf(a->scope, sizeof a->scope, "%d", (int)number);
    buffer_free(&name);
}

static bool read_ipv6(struct slice s, struct address *a) {
    if (!ip_after(s, "inet_pton", a) || !port_after(s, a))
        return false;
    scope_after(s, a);
    return true;
}

bool address_parse_structure(struct slice s, struct address *a) {
    *a = (struct address){0};
    // inet_addr("...") and, in other releases of strace, inet_pton(AF_INET, "...")
    if (slice_starts(s, "{sa_family=AF_INET,"))
        return (ip_after(s, "sin_addr", a) || ip_after(s, "inet_", a)) && port_after(s, a);
    if (slice_starts(s, "{sa_family=AF_INET6,"))
        return read_ipv6(s, a);
    if (slice_starts(s, "{sa_family=AF_UNSPEC"))
        a->kind = ADDRESS_UNSPEC;
    else if (slice_starts(s, "{sa_family="))
        a->kind = ADDRESS_OTHER;
    return a->kind != ADDRESS_NONE;
}

bool address_same_ip(const struct address *a, const struct address *b) {
    return a->kind == b->kind && memcmp(a->ip, b->ip, sizeof a->ip) == 0;
}

bool address_is_any(const struct address *a) {
    static const uint8_t zero[16];
    return (a->kind == ADDRESS_IPV4 || a->kind == ADDRESS_IPV6) && memcmp(a->ip, zero, sizeof zero) == 0;
}

bool address_is_loopback(const struct address *a) {
    static const uint8_t one[16] = {[15] = 1};
    return (a->kind == ADDRESS_IPV4 && a->ip[0] == 127) ||
           (a->kind == ADDRESS_IPV6 && memcmp(a->ip, one, sizeof one) == 0);
}

bool address_is_multicast(const struct address *a) {
    return (a->kind == ADDRESS_IPV4 && a->ip[0] >= 224 && a->ip[0] < 240) ||
           (a->kind == ADDRESS_IPV6 && a->ip[0] == 0xff);
}

struct address address_unmapped(struct address a) {
    static const uint8_t prefix[12] = {[10] = 0xff, [11] = 0xff};

    if (a.kind != ADDRESS_IPV6 || memcmp(a.ip, prefix, sizeof prefix) != 0)
        return a;
    struct address plain = {.kind = ADDRESS_IPV4, .has_port = a.has_port, .port = a.port};
    memcpy(plain.ip, a.ip + 12, 4);
    return plain;
}
