/**
 * @file
 * Remarks on calls: the lines below them.
 */
#include "parts.h"

#include <string.h>

enum {
    PAYLOAD_CELLS = 24,
    LOOK_BACK = 512,
    MESSAGES_SHOWN = 8, ///< messages of sendmmsg and recvmmsg
};

/** An ICMP message about the datagram that a read of the error queue returned. */
static bool is_about(const struct recording *r, const struct event *e, const struct packet *icmp) {
    const struct datagram *quote = &r->quotes[icmp->about];
    const struct address *to = address_of(r, quote->packet.dst);
    struct address sent = address_unmapped(*address_of(r, e->call.from));
    uint32_t size = quote->payload_size < e->payload_size ? quote->payload_size : e->payload_size;

    return address_same_ip(&sent, to) && sent.port == to->port &&
           (size == 0 || memcmp(quote->payload, e->payload, size) == 0);
}

/** The error that a call reports: its own, the value of SO_ERROR, or the first of the error queue. */
static const char *reported_error(const struct recording *r, const struct event *e) {
    const struct call *c = &e->call;
    const struct message *m = call_message(r, c, 0);

    if (m && m->error.error)
        return text_of(r, m->error.error);
    if (strcmp(text_of(r, c->option), "SO_ERROR") != 0 || !c->known || c->result != 0)
        return text_of(r, c->error);
    static const char *const network[] = {"ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH", "ENOPROTOOPT",
                                          "EACCES",       "ECONNRESET",   "EMSGSIZE",    "EPROTO"};
    for (size_t i = 0; i < sizeof network / sizeof *network; i++)
        if (slice_is(strace_inside((struct slice){e->payload, e->payload_size}), network[i]))
            return network[i];
    return "";
}

/** Tells whether an ICMP message, or a reset, is what the kernel makes that error of. */
static bool makes(const struct packet *p, const char *error) {
    if (p->proto == PROTO_TCP)
        return strcmp(error, "ECONNREFUSED") == 0 || strcmp(error, "ECONNRESET") == 0;
    const char *made = packet_icmp_error((enum protocol)p->proto, p->type, p->code);
    return made && strcmp(made, error) == 0;
}

/** Tells whether an earlier call on the socket has reported the error: the kernel tells it once. */
static bool was_reported(const struct recording *r, size_t cause, size_t index, const char *error) {
    const struct event *e = &r->events[index];

    for (size_t i = cause; i < r->event_count && r->events[i].time <= e->time; i++) {
        const struct event *other = &r->events[i];
        if (i != index && other->kind == EVENT_CALL && call_socket(r, &other->call) == call_socket(r, &e->call) &&
            strcmp(call_action(r, &other->call), "recv-error") != 0 && strcmp(reported_error(r, other), error) == 0 &&
            call_end(other) <= call_end(e))
            return true;
    }
    return false;
}

/** The ICMP message or the reset that a call's error came from: the last one for the same local address. */
static const struct event *cause_of(const struct ladder *l, size_t index) {
    const struct recording *r = l->r;
    const struct event *e = &r->events[index];
    uint16_t port = address_of(r, r->endpoints[e->call.endpoint].local)->port;
    bool reads_queue = strcmp(call_action(r, &e->call), "recv-error") == 0;
    int64_t end = call_end(e);
    const char *error = reported_error(r, e);
    const struct event *found = NULL;
    size_t first = index > LOOK_BACK ? index - LOOK_BACK : 0;

    for (size_t i = first; i < r->event_count && r->events[i].time <= end; i++) {
        const struct packet *p = &r->events[i].packet;
        if (r->events[i].kind != EVENT_PACKET || p->to_lane != e->lane)
            continue;
        bool is_reset = p->proto == PROTO_TCP && p->flags & TCP_RST && address_of(r, p->dst)->port == port;
        bool is_icmp = p->about != NO_INDEX && address_of(r, r->quotes[p->about].packet.src)->port == port &&
                       (!reads_queue || is_about(r, e, p));
        if ((is_icmp || is_reset) && (reads_queue || makes(p, error)))
            found = &r->events[i];
    }
    if (found && !reads_queue && was_reported(r, (size_t)(found - r->events), index, error))
        return NULL;
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

/** `"bb" = 2 to 127.0.0.1:7001`: a message of sendmmsg or recvmmsg. */
static void put_message(const struct ladder *l, struct buffer *out, const struct call *c, const struct message *m) {
    payload_quote(out, (struct slice){m->payload, m->payload_size}, PAYLOAD_CELLS, l->options.ascii, false);
    buffer_format(out, " =" HARD "%u", m->bytes);
    if (m->address) {
        buffer_text(out, c->is_out ? " to" HARD : " from" HARD);
        label_address(out, l->r, m->address);
    }
    for (const char *word = m->control; *word; word++) {
        const char *end = strchrnul(word, '\n');
        buffer_format(out, ", %.*s", (int)(end - word), word);
        word = *end ? end : end - 1;
    }
    if (m->truncated && !call_has_flag(l->r, c, "MSG_PEEK"))
        buffer_text(out, ", the rest of the datagram is lost");
}

/** The remarks on one call, in the order of their lines. */
struct notes {
    struct ladder *l;
    uint32_t *texts;
    size_t count;
};

static void add_note(struct notes *n, struct buffer *text) {
    if (text->size == 0 || n->count == LABEL_NOTES) {
        buffer_free(text);
        return;
    }
    n->texts[n->count++] = ladder_keep(n->l, text);
}

static void note_messages(struct notes *n, const struct call *c) {
    const struct recording *r = n->l->r;
    struct buffer out = {0};

    if (c->message_count == 1) {
        for (const char *word = call_message(r, c, 0)->control; *word;) {
            const char *end = strchrnul(word, '\n');
            bool is_segment = strncmp(word, "UDP_", 4) == 0 && c->segment > 0; // counted below
            if (!is_segment)
                buffer_add(&out, word, (size_t)(end - word));
            add_note(n, &out);
            word = *end ? end + 1 : end;
        }
        return;
    }
    for (size_t i = 0; i < c->message_count; i++) {
        if (i + 1 == MESSAGES_SHOWN && c->message_count > MESSAGES_SHOWN) {
            buffer_format(&out, "%s and %zu more", label_ellipsis(n->l), c->message_count - i);
            add_note(n, &out);
            return;
        }
        put_message(n->l, &out, c, call_message(r, c, i));
        add_note(n, &out);
    }
}

/** `UDP_SEGMENT 100: 5 datagrams` */
static void note_segments(struct notes *n, const struct call *c) {
    struct buffer out = {0};

    if (c->segment == 0 || c->bytes == NO_INDEX || c->bytes <= c->segment || c->message_count > 1)
        return;
    buffer_format(&out, "%s %u: %u datagrams", c->is_out ? "UDP_SEGMENT" : "UDP_GRO", c->segment,
                  (c->bytes + c->segment - 1) / c->segment);
    add_note(n, &out);
}

static void note_loss(struct notes *n, const struct event *e) {
    const struct call *c = &e->call;
    const struct message *m = call_message(n->l->r, c, 0);
    struct buffer out = {0};

    if (!c->truncated || c->message_count > 1)
        return;
    buffer_text(&out, "the rest of the datagram is lost");
    if (m && m->length > 0)
        buffer_format(&out, ": %u of %u bytes were read", e->payload_size, m->length);
    add_note(n, &out);
}

static void note_cause(struct notes *n, size_t index) {
    const struct ladder *l = n->l;
    const struct event *e = &l->r->events[index];
    struct buffer out = {0};
    bool reads_queue = strcmp(call_action(l->r, &e->call), "recv-error") == 0 && e->call.known && e->call.result >= 0;
    bool from_network = reads_queue || comes_from_network(reported_error(l->r, e));
    const struct event *cause = from_network ? cause_of(l, index) : NULL;

    if (!cause)
        return;
    buffer_format(&out, "%sbecause of the %s at %.3f", l->options.ascii ? "^ " : "↑ ",
                  cause->packet.proto == PROTO_TCP ? "RST" : "ICMP", (double)(cause->time - l->start) / 1e6);
    add_note(n, &out);
}

size_t label_call_notes(struct ladder *l, size_t index, uint32_t texts[static LABEL_NOTES]) {
    const struct recording *r = l->r;
    const struct event *e = &r->events[index];
    const struct socket *s = call_socket(r, &e->call);
    struct notes n = {.l = l, .texts = texts};
    struct buffer out = {0};

    if (strcmp(text_of(r, e->call.name), "io_uring_setup") == 0)
        buffer_text(&out, "calls through io_uring are not recorded: strace does not see them");
    add_note(&n, &out);
    if (!s)
        return n.count;
    note_messages(&n, &e->call);
    if (strcmp(text_of(r, e->call.name), "connect") == 0 && e->call.known && e->call.result == 0 &&
        strcmp(text_of(r, s->type), "UDP") == 0)
        note_connect(l, index, &out);
    add_note(&n, &out);
    note_segments(&n, &e->call);
    note_cause(&n, index);
    note_loss(&n, e);
    return n.count;
}
