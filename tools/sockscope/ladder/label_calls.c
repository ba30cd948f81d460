/**
 * @file
 * The words of the ladder.
 */
#include "parts.h"

#include "../base/strace.h"

#include <inttypes.h>
#include <string.h>

enum { WORTH_TELLING_NS = 100000000, PAYLOAD_CELLS = 24, LOOK_BACK = 512 };

const char *label_ellipsis(const struct ladder *l) {
    return l->options.ascii ? "..." : "…";
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

void label_address(struct buffer *out, const struct recording *r, uint32_t number) {
    char text[ADDRESS_TEXT];
    buffer_text(out, address_print(address_of(r, number), text));
}

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

/** "2 s" */
static void put_timeval(struct buffer *out, struct slice value) {
    int64_t parts[2] = {0, 0};

    if (!read_timeval(value, parts))
        return;
    buffer_text(out, HARD);
    label_duration(out, parts[0] * 1000000000 + parts[1] * 1000);
}

static void put_option(struct buffer *out, const struct recording *r, const struct event *e) {
    const char *option = text_of(r, e->call.option);
    struct slice value = {e->payload, e->payload_size};

    buffer_format(out, " %s", option);
    if (strcmp(option, "SO_RCVTIMEO") == 0 || strcmp(option, "SO_SNDTIMEO") == 0)
        put_timeval(out, value);
    else if (value.size > 2 && value.size < 14 && value.at[0] == '[' && !slice_is(value, "[1]"))
        buffer_format(out, HARD "%.*s", (int)value.size - 2, value.at + 1);
}

static void put_arguments(struct ladder *l, struct buffer *out, const struct event *e) {
    const struct recording *r = l->r;
    const struct call *c = &e->call;
    const char *name = text_of(r, c->name);
    const struct socket *s = call_socket(r, c);

    if (strcmp(name, "socket") == 0 && s)
        buffer_format(out, " %s%s", text_of(r, s->type), s->ipv6 ? " IPv6" : "");
    if (c->option)
        put_option(out, r, e);
    if (c->to) {
        buffer_text(out, " ");
        label_address(out, r, c->to);
    }
    if (strcmp(name, "shutdown") == 0 && c->flags)
        buffer_format(out, " %s", text_of(r, c->flags));
    if (e->payload && !c->is_raw) {
        buffer_text(out, " ");
        cells_quote(out, (struct slice){e->payload, e->payload_size}, PAYLOAD_CELLS, label_ellipsis(l));
    }
}

static bool is_restart(const char *error) {
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

uint32_t label_call(struct ladder *l, const struct event *e, bool waits, bool returns) {
    const struct recording *r = l->r;
    const struct call *c = &e->call;
    struct buffer out = {0};
    const char *error = text_of(r, c->error);

    if (waits) {
        buffer_text(&out, program_name(r, c));
        if (c->to) {
            buffer_text(&out, " ");
            label_address(&out, r, c->to);
        }
        buffer_text(&out, l->options.ascii ? HARD "..." : HARD "…");
        return ladder_keep(l, &out);
    }
    buffer_text(&out, program_name(r, c));
    put_arguments(l, &out, e);
    bool asks = strncmp(text_of(r, c->name), "get", 3) == 0;
    if (c->from && asks) {
        buffer_text(&out, " ");
        label_address(&out, r, c->from);
    }
    if (is_restart(error))
        buffer_text(&out, " interrupted");
    else if (c->known && c->result >= 0 && !(c->result == 0 && is_plain(r, c)))
        buffer_format(&out, " =" HARD "%" PRId64, c->result);
    else if (c->known && c->result < 0)
        buffer_format(&out, " =" HARD "-1" HARD "%s", error);
    if (c->is_raw && c->flags)
        buffer_format(&out, " %s", text_of(r, c->flags));
    if (c->from && !asks) {
        buffer_text(&out, " from" HARD);
        label_address(&out, r, c->from);
    }
    if (returns && c->duration >= WORTH_TELLING_NS) {
        buffer_text(&out, " after" HARD);
        label_duration(&out, c->duration);
    }
    return ladder_keep(l, &out);
}

/** The ICMP message or the reset that a call's error came from: the last one
 * for the same local address. */
static const struct event *cause_of(const struct ladder *l, size_t index) {
    const struct recording *r = l->r;
    const struct event *e = &r->events[index];
    const struct endpoint *own = &r->endpoints[e->call.endpoint];
    int64_t end = call_end(e);
    const struct event *found = NULL;
    size_t first = index > LOOK_BACK ? index - LOOK_BACK : 0;

    for (size_t i = first; i < r->event_count && r->events[i].time <= end; i++) {
        const struct packet *p = &r->events[i].packet;
        if (r->events[i].kind != EVENT_PACKET)
            continue;
        if (p->about != NO_INDEX && p->to_lane == e->lane &&
            address_of(r, r->quotes[p->about].packet.src)->port == address_of(r, own->local)->port)
            found = &r->events[i];
        else if (p->proto == PROTO_TCP && p->flags & TCP_RST && p->to_lane == e->lane &&
                 address_of(r, p->dst)->port == address_of(r, own->local)->port)
            found = &r->events[i];
    }
    return found;
}

static bool comes_from_network(const char *error) {
    static const char *const errors[] = {"ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH", "ENOPROTOOPT",
                                         "EACCES",       "ECONNRESET",   "EMSGSIZE",    "EPROTO"};
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (strcmp(error, errors[i]) == 0)
            return true;
    return false;
}

static bool on_the_wire(const struct ladder *l, size_t index) {
    const struct recording *r = l->r;
    const struct event *e = &r->events[index];

    for (size_t i = index + 1; i < r->event_count && r->events[i].time <= call_end(e); i++)
        if (r->events[i].kind == EVENT_PACKET && r->events[i].packet.from_lane == e->lane)
            return true;
    return false;
}

static bool was_captured(const struct recording *r, const struct event *e) {
    int16_t host = r->lanes[e->lane].host;
    return host >= 0 ? r->hosts[host].captured : r->host_count > 0 && r->hosts[0].captured;
}

static void note_connect(struct ladder *l, size_t index, struct buffer *out) {
    const struct recording *r = l->r;
    const struct event *e = &r->events[index];
    const struct endpoint *own = &r->endpoints[e->call.endpoint];

    if (was_captured(r, e) && !on_the_wire(l, index))
        buffer_text(out, "nothing on the wire");
    if (own->peer == 0 || address_of(r, own->local)->port == 0)
        return;
    buffer_text(out, out->size ? (l->options.ascii ? ", from " : "; from ") : "from ");
    label_address(out, r, own->local);
}

uint32_t label_call_note(struct ladder *l, size_t index) {
    const struct recording *r = l->r;
    const struct event *e = &r->events[index];
    struct buffer out = {0};
    const char *name = text_of(r, e->call.name);
    const struct socket *s = call_socket(r, &e->call);

    if (!s)
        return 0;
    if (strcmp(name, "connect") == 0 && e->call.known && e->call.result == 0 &&
        strcmp(text_of(r, s->type), "UDP") == 0)
        note_connect(l, index, &out);
    const struct event *cause =
        e->call.error && comes_from_network(text_of(r, e->call.error)) ? cause_of(l, index) : NULL;
    if (cause)
        buffer_format(&out, "%sbecause of the %s at %.3f", l->options.ascii ? "^ " : "↑ ",
                      cause->packet.proto == PROTO_TCP ? "RST" : "ICMP",
                      (double)(cause->time - l->start) / 1e6);
    if (e->call.bytes != NO_INDEX && !e->call.is_out && e->call.known && e->call.result >= 0 &&
        (uint64_t)e->call.result > e->payload_size)
        buffer_text(&out, "the rest of the datagram is lost");
    return ladder_keep(l, &out);
}
