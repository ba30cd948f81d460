/**
 * @file
 * The words for socket options and their values.
 */
#include "parts.h"

#include <inttypes.h>
#include <string.h>

enum { VALUE_CELLS = 28 };

/** Reads a struct timeval: strace prints it as a string of bytes or, in other releases, as {tv_sec=2,
 * tv_usec=0}. */
static bool read_timeval(struct slice value, int64_t parts[static 2]) {
    struct buffer bytes = {0};
    bool done = strace_unquote(value, &bytes) && bytes.size == 2 * sizeof *parts;

    if (done)
        memcpy(parts, bytes.at, 2 * sizeof *parts);
    else
        done = slice_number(strace_member(value, "tv_sec"), &parts[0], NULL) &&
               slice_number(strace_member(value, "tv_usec"), &parts[1], NULL);
    buffer_free(&bytes);
    return done && parts[0] >= 0 && parts[0] < 1000000 && parts[1] >= 0 && parts[1] < 1000000;
}

static void put_timeval(struct buffer *out, struct slice value) {
    int64_t parts[2] = {0, 0};

    if (!read_timeval(value, parts))
        return;
    buffer_text(out, HARD);
    label_duration(out, parts[0] * 1000000000 + parts[1] * 1000);
}

/** IP_MTU_DISCOVER's values, see ip(7). @return the name, or NULL */
static const char *discovery_name(struct slice value) {
    static const char *const names[] = {"IP_PMTUDISC_DONT",  "IP_PMTUDISC_WANT",      "IP_PMTUDISC_DO",
                                        "IP_PMTUDISC_PROBE", "IP_PMTUDISC_INTERFACE", "IP_PMTUDISC_OMIT"};
    int64_t number = 0;
    bool known = slice_number(value, &number, NULL) && number >= 0 && number < (int64_t)(sizeof names / sizeof *names);

    return known ? names[number] : NULL;
}

/** An address that strace prints as a number, in network byte order. */
static void put_number_as_address(struct buffer *out, struct slice value) {
    struct address a = {.kind = ADDRESS_IPV4};
    char text[ADDRESS_TEXT];
    int64_t number = 0;

    if (!slice_number(value, &number, NULL))
        return;
    uint32_t ip = (uint32_t)number;
    memcpy(a.ip, &ip, sizeof ip);
    buffer_format(out, HARD "%s", address_print(&a, text));
}

/** Appends the first text in double quotes. */
static bool put_quoted(struct buffer *out, const char *before, struct slice value) {
    struct buffer text = {0};
    bool done = strace_unquote(slice_skip(value, slice_find(value, "\"")), &text);

    if (done)
        buffer_format(out, "%s%s", before, text.at ? text.at : "");
    buffer_free(&text);
    return done;
}

/** `IP_ADD_MEMBERSHIP 224.0.0.7 on 10.1.1.1`: the group, and the interface or its address. */
static bool put_membership(struct buffer *out, struct slice value) {
    struct slice group = strace_member(value, "imr_multiaddr");
    struct slice where = strace_member(value, "imr_ifindex");
    size_t before = out->size;

    if (where.size == 0 || slice_is(where, "0"))
        where = strace_member(value, "imr_interface");
    if (where.size == 0)
        where = strace_member(value, "imr_address");
    if (group.size == 0) { // of IPv6
        group = slice_skip(value, slice_find(value, "inet_pton"));
        where = strace_member(value, "ipv6mr_interface");
    }
    if (!put_quoted(out, HARD, group))
        return false;
    if (!put_quoted(out, HARD "on" HARD, where) && where.size > 0)
        buffer_format(out, HARD "on" HARD "%.*s", (int)where.size, where.at);
    return out->size > before;
}

static bool ends_with(const char *text, const char *end) {
    size_t length = strlen(text);
    return length >= strlen(end) && strcmp(text + length - strlen(end), end) == 0;
}

/** The value in strace's words, without its brackets, cut when it is long. */
static void put_plain(struct buffer *out, struct slice value, const char *ellipsis) {
    struct slice inside = value.size > 0 && value.at[0] == '[' ? strace_inside(value) : value;
    size_t length = inside.size < VALUE_CELLS ? inside.size : VALUE_CELLS;

    if (inside.size > 0 && inside.at[0] != '0' && slice_starts(inside, "0x"))
        return; // the buffer's address
    for (size_t i = 0; i < length; i++)
        if (inside.at[i] < ' ' || inside.at[i] > '~')
            length = i;
    if (length > 0)
        buffer_format(out, HARD "%.*s%s", (int)length, inside.at, length < inside.size ? ellipsis : "");
}

void label_option(const struct ladder *l, struct buffer *out, const struct event *e) {
    const char *option = text_of(l->r, e->call.option);
    struct slice value = {e->payload, e->payload_size};
    struct slice inside = strace_inside(value);
    const char *discovery = ends_with(option, "MTU_DISCOVER") ? discovery_name(inside) : NULL;
    bool is_pointer = slice_starts(value, "0x") || slice_is(value, "NULL");

    buffer_format(out, " %s", option);
    if (is_pointer)
        return; // strace did not see the value
    if (strcmp(option, "SO_RCVTIMEO") == 0 || strcmp(option, "SO_SNDTIMEO") == 0)
        put_timeval(out, value);
    else if (discovery)
        buffer_format(out, HARD "%s", discovery);
    else if (strcmp(option, "IP_MULTICAST_IF") == 0 && value.at[0] == '[')
        put_number_as_address(out, inside);
    else if (!ends_with(option, "MEMBERSHIP") && strcmp(option, "IP_MULTICAST_IF") != 0)
        put_plain(out, value, label_ellipsis(l));
    else if (!put_membership(out, value))
        put_plain(out, value, label_ellipsis(l));
}
