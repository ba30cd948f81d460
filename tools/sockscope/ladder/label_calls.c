/**
 * @file
 * The words of the ladder.
 */
#include "parts.h"

#include <inttypes.h>
#include <string.h>

enum {
    WORTH_TELLING_NS = 100000000,
    PAYLOAD_CELLS = 24,
    WATCHED_SHOWN = 4, ///< descriptors of a wait
};

const char *label_ellipsis(const struct ladder *l) {
    return payload_ellipsis(l->options.ascii);
}

void label_duration(struct buffer *out, int64_t nanoseconds) {
    double ms = (double)nanoseconds / 1e6;

    if (ms >= 9999.5)
        buffer_format(out, "%.1f" HARD "s", ms / 1000);
    else if (ms >= 1000)
        buffer_format(out, "%.2f" HARD "s", ms / 1000);
    else if (ms >= 10)
        buffer_format(out, "%.0f" HARD "ms", ms);
    else
        buffer_format(out, "%.2f" HARD "ms", ms);
}

/** The name that the program used: the kernel only knows send() as sendto()
 * without an address. */
static const char *program_name(const struct recording *r, const struct call *c) {
    const char *name = text_of(r, c->name);

    if (c->no_address && strcmp(name, "sendto") == 0)
        return "send";
    if (c->no_address && strcmp(name, "recvfrom") == 0)
        return "recv";
    return name;
}

/** A call that reads the error queue: its address and payload are those of a datagram that was sent. */
static bool is_error_read(const struct recording *r, const struct call *c) {
    return strcmp(call_action(r, c), "recv-error") == 0;
}

void label_address(struct buffer *out, const struct recording *r, uint32_t number) {
    char text[ADDRESS_TEXT];
    buffer_text(out, address_print(address_of(r, number), text));
}

/** Calls about a descriptor name it where a program has several sockets, and where its descriptor is none. */
static void put_descriptor(const struct ladder *l, struct buffer *out, const struct event *e) {
    const struct call *c = &e->call;
    bool lost = c->endpoint == NO_INDEX && c->known && c->result < 0;
    bool shows = lost || (e->lane >= 0 && l->several[e->lane]);

    if (is_on_unix(l->r, e)) {
        buffer_text(out, "UNIX ");
        shows = true;
    }
    if (shows && !c->is_wait && c->fd != NO_DESCRIPTOR && strcmp(text_of(l->r, c->name), "socket") != 0)
        buffer_format(out, "fd" HARD "%d: ", c->fd);
}

/** The flags that change what a call does. */
static void put_flags(struct buffer *out, const struct recording *r, const struct call *c) {
    struct slice rest = slice_of(text_of(r, c->flags));
    const char *before = " ";

    if (c->is_wait)
        return;
    while (rest.size > 0) {
        struct slice flag = {rest.at, slice_find(rest, "|")};
        rest = slice_skip(rest, flag.size + 1);
        if (!slice_starts(flag, "MSG_") || slice_is(flag, "MSG_NOSIGNAL") || slice_is(flag, "MSG_CMSG_CLOEXEC"))
            continue;
        buffer_format(out, "%s%.*s", before, (int)flag.size, flag.at);
        before = "|";
    }
}

/** Descriptors of a wait: `fd 4 POLLIN, fd 5 POLLIN`. One that is alone in its program needs no number. */
static void put_watched(const struct ladder *l, struct buffer *out, const struct event *e, bool ready) {
    const struct recording *r = l->r;
    const struct wait *w = &r->waits[e->call.more];
    bool numbers = w->count > 1 || l->several[e->lane] || (w->count == 1 && r->watched[w->first].fd < 0);
    bool events_too = ready || strncmp(text_of(r, e->call.name), "epoll", 5) != 0; // epoll_ctl said which
    unsigned shown = 0;
    unsigned all = 0;

    for (uint32_t i = 0; i < w->count; i++) {
        const struct watched *one = &r->watched[w->first + i];
        const char *events = ready         ? text_of(r, one->ready)
                             : one->events ? text_of(r, one->events)
                                           : "errors" HARD "only";
        if ((ready && !one->ready) || (one->fd < 0 && w->count > 1)) // poll ignores negative descriptors
            continue;
        if (++all > WATCHED_SHOWN)
            continue;
        buffer_text(out, shown++ ? ", " : " ");
        if (numbers || !events_too)
            buffer_format(out, "fd" HARD "%d", one->fd);
        if (events_too)
            buffer_format(out, "%s%s", numbers ? HARD : "", events);
    }
    if (all > shown)
        buffer_format(out, ", %s (%u)", label_ellipsis(l), all);
}

/** What a wait waits for, and how long at most. */
static void put_wait(const struct ladder *l, struct buffer *out, const struct event *e) {
    const struct wait *w = &l->r->waits[e->call.more];

    put_watched(l, out, e, false);
    if (w->timeout < 0)
        return;
    buffer_text(out, w->count ? ", " : " ");
    if (w->timeout == 0)
        buffer_text(out, "0" HARD "ms");
    else
        label_duration(out, w->timeout);
}

/** What a socket() that failed was asked for: `AF_INET SOCK_DGRAM IPPROTO_TCP`. */
static void put_asked_socket(struct buffer *out, const struct event *e) {
    struct slice rest = {e->payload, e->payload_size};
    struct slice item;

    while (strace_next(&rest, &item))
        buffer_format(out, " %.*s", (int)slice_find(item, " /*"), item.at);
}

/** The payload; strace may have left out its end. */
static void put_payload(const struct ladder *l, struct buffer *out, const struct event *e) {
    buffer_text(out, " ");
    payload_quote(out, (struct slice){e->payload, e->payload_size}, PAYLOAD_CELLS, l->options.ascii, e->call.is_cut);
}

/** Where a call leads that is not on the Internet: `/run/x.sock`, `@x` of the abstract kind, `lo` of packet(7). */
static void put_other_address(struct buffer *out, const struct event *e) {
    static const char *const members[] = {"sun_path", "sll_ifindex"};
    struct slice structure = {e->payload, e->payload_size};

    for (size_t i = 0; e->call.is_raw && i < sizeof members / sizeof *members; i++) {
        struct slice value = strace_member(structure, members[i]);
        size_t quote = slice_find(value, "\"");
        if (quote == value.size)
            continue;
        buffer_format(out, " %s", value.at[0] == '@' ? "@" : "");
        strace_unquote(slice_skip(value, quote), out);
    }
}

/** The two descriptors of socketpair(2). */
static void put_pair(struct buffer *out, const struct event *e) {
    struct slice rest = {e->payload, e->payload_size};
    struct slice item = {0};
    int64_t number = 0;

    rest = slice_skip(rest, slice_find(rest, "["));
    rest = strace_inside(rest);
    while (strace_next(&rest, &item))
        if (slice_number(item, &number, NULL))
            buffer_format(out, " fd" HARD "%lld", (long long)number);
}

static void put_arguments(struct ladder *l, struct buffer *out, const struct event *e) {
    const struct recording *r = l->r;
    const struct call *c = &e->call;
    const char *name = text_of(r, c->name);
    const struct socket *s = call_socket(r, c);

    if (strcmp(name, "socket") == 0 && s)
        buffer_format(out, " %s%s", text_of(r, s->type), s->ipv6 ? " IPv6" : "");
    else if (strcmp(name, "socket") == 0 && c->is_raw)
        put_asked_socket(out, e);
    if (c->option)
        label_option(l, out, e);
    put_flags(out, r, c);
    if (c->message_count > 1)
        return; // each one has a line of its own
    if (address_of(r, c->to)->kind == ADDRESS_OTHER) {
        put_other_address(out, e);
    } else if (c->to) {
        buffer_text(out, " ");
        label_address(out, r, c->to);
    }
    if (strcmp(name, "socketpair") == 0)
        put_pair(out, e);
    if (strcmp(name, "shutdown") == 0 && c->flags)
        buffer_format(out, " %s", text_of(r, c->flags));
    if (e->payload && !c->is_raw)
        put_payload(l, out, e);
    if (c->from && is_error_read(r, c)) { // the datagram that the error is about
        buffer_text(out, " to" HARD);
        label_address(out, r, c->from);
    }
}

bool is_restart(const char *error) {
    return strncmp(error, "ERESTART", 8) == 0;
}

/** Calls whose 0 says nothing: they worked. (That connect() returns 0 is worth seeing.) */
static bool is_plain(const struct recording *r, const struct call *c) {
    static const char *const names[] = {"setsockopt", "getsockopt", "getsockname", "getpeername", "close"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(text_of(r, c->name), names[i]) == 0)
            return true;
    return false;
}

uint32_t label_call(struct ladder *l, const struct item *item) {
    const struct recording *r = l->r;
    const struct event *e = &r->events[item->event];
    const struct call *c = &e->call;
    struct buffer out = {0};
    const char *error = text_of(r, c->error);

    if (e->thread == THREAD_OTHER)
        buffer_text(&out, "a child: ");
    else if (e->thread)
        buffer_format(&out, "thread" HARD "%u: ", e->thread);
    put_descriptor(l, &out, e);
    buffer_text(&out, program_name(r, c));
    if (c->is_wait && !item->returns)
        put_wait(l, &out, e);
    if (item->waits) {
        put_flags(&out, r, c);
        if (c->to && address_of(r, c->to)->kind != ADDRESS_OTHER) {
            buffer_text(&out, " ");
            label_address(&out, r, c->to);
        }
        buffer_format(&out, HARD "%s", label_ellipsis(l));
        return ladder_keep(l, &out);
    }
    put_arguments(l, &out, e);
    bool asks = strncmp(text_of(r, c->name), "get", 3) == 0;
    if (c->from && asks && address_of(r, c->from)->kind != ADDRESS_OTHER) {
        buffer_text(&out, " ");
        label_address(&out, r, c->from);
    }
    if (is_restart(error))
        buffer_text(&out, " interrupted");
    else if (c->known && c->result >= 0 && !(c->result == 0 && is_plain(r, c)))
        buffer_format(&out, " =" HARD "%" PRId64, c->result);
    else if (c->known && c->result < 0)
        buffer_format(&out, " =" HARD "-1" HARD "%s", error);
    if (c->is_wait && c->known && c->result > 0)
        put_watched(l, &out, e, true);
    if (c->from && address_of(r, c->from)->kind != ADDRESS_OTHER && !asks && c->message_count <= 1 &&
        !is_error_read(r, c)) {
        buffer_text(&out, " from" HARD);
        label_address(&out, r, c->from);
    }
    if (item->times > 1)
        buffer_format(&out, ", %u" HARD "times", item->times);
    else if (item->returns && c->duration >= WORTH_TELLING_NS) {
        buffer_text(&out, " after" HARD);
        label_duration(&out, c->duration);
    }
    return ladder_keep(l, &out);
}
