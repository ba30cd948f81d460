/**
 * @file
 * The recording played again, row by row: what arrives at a socket and what is taken out of it.
 */
#include "steps.h"

#include "../base/json.h"
#include "../base/payload.h"

#include <stdlib.h>
#include <string.h>

enum {
    QUEUE = 8,          ///< datagrams of a queue that are told of
    PAYLOAD_CELLS = 16, ///< of a datagram's payload
    UNREACHABLE = 3,    ///< type of ICMP
    UNREACHABLE6 = 1,   ///< type of ICMPv6
};

/** What waits in a socket. */
struct waiting {
    uint32_t queue[QUEUE]; ///< events, the oldest first
    int queued;            ///< how many datagrams, also those that there is no place for
    int early;             ///< datagrams that were received before the recording shows them arrive
    const char *error;     ///< pending, or NULL
};

/** The playing. */
struct play {
    const struct ladder *l;
    struct waiting *sockets; ///< one for each of the recording's
    struct buffer *told;     ///< what was said last of each column
};

static struct waiting *waiting_of(const struct play *p, const struct socket *s) {
    return &p->sockets[s - p->l->r->sockets];
}

static bool is_udp(const struct recording *r, const struct socket *s) {
    return strncmp(text_of(r, s->type), "UDP", 3) == 0;
}

/** A socket's addresses at that time, or NULL when it was not there. */
static const struct endpoint *endpoint_then(const struct recording *r, const struct socket *s, int64_t time) {
    for (uint32_t i = s->first; i != NO_INDEX; i = r->endpoints[i].next)
        if (r->endpoints[i].begin <= time && time < r->endpoints[i].end)
            return &r->endpoints[i];
    return NULL;
}

/** The lane's UDP socket with that local port: the one that is connected to the sender, or else any. */
static const struct socket *socket_at(const struct recording *r, int16_t lane, const struct address *local,
                                      const struct address *peer, int64_t time) {
    const struct socket *found = NULL;

    for (size_t i = 0; i < r->socket_count; i++) {
        const struct socket *s = &r->sockets[i];
        const struct endpoint *e = s->lane == lane && is_udp(r, s) ? endpoint_then(r, s, time) : NULL;
        if (!e || address_of(r, e->local)->port != local->port)
            continue;
        if (e->peer && address_of(r, e->peer)->port == peer->port)
            return s;
        if (!e->peer)
            found = s;
    }
    return found;
}

static void arrive(const struct play *p, uint32_t event, int16_t lane) {
    const struct recording *r = p->l->r;
    const struct event *e = &r->events[event];
    const struct socket *s = socket_at(r, lane, address_of(r, e->packet.dst), address_of(r, e->packet.src), e->time);
    struct waiting *w = s ? waiting_of(p, s) : NULL;

    if (!w)
        return;
    if (w->early > 0) {
        w->early--;
        return;
    }
    if (w->queued < QUEUE)
        w->queue[w->queued] = event;
    w->queued++;
}

/** The error that an unreachable message leaves in a connected socket; NULL for those that it does not hear of. */
static const char *error_of(const struct packet *p) {
    if ((p->proto == PROTO_ICMP && p->type == UNREACHABLE && p->code == 3) ||
        (p->proto == PROTO_ICMPV6 && p->type == UNREACHABLE6 && p->code == 4))
        return "ECONNREFUSED";
    if (p->proto == PROTO_ICMP && p->type == UNREACHABLE && p->code == 2)
        return "ENOPROTOOPT";
    return NULL;
}

static void report(const struct play *p, const struct event *e) {
    const struct recording *r = p->l->r;
    const struct packet *quoted = &r->quotes[e->packet.about].packet;
    const struct socket *s =
        socket_at(r, e->packet.to_lane, address_of(r, quoted->src), address_of(r, quoted->dst), e->time);
    const struct endpoint *own = s ? endpoint_then(r, s, e->time) : NULL;

    if (own && (own->peer || s->hears_errors) && error_of(&e->packet))
        waiting_of(p, s)->error = error_of(&e->packet);
}

static void play_packet(const struct play *p, uint32_t event) {
    const struct recording *r = p->l->r;
    const struct event *e = &r->events[event];
    const struct packet *packet = &e->packet;

    if (packet->about != NO_INDEX) {
        report(p, e);
    } else if (packet->proto == PROTO_UDP && packet->receivers == NO_INDEX) {
        arrive(p, event, packet->to_lane);
    } else if (packet->proto == PROTO_UDP) {
        for (size_t i = packet->receivers; r->receivers[i] != LANE_NONE; i++)
            arrive(p, event, r->receivers[i]);
    }
}

static void take(struct waiting *w) {
    if (w->queued == 0) {
        w->early++;
        return;
    }
    w->queued--;
    memmove(&w->queue[0], &w->queue[1], (QUEUE - 1) * sizeof *w->queue);
}

static void play_call(const struct play *p, const struct event *e) {
    const struct recording *r = p->l->r;
    const struct call *c = &e->call;
    const struct socket *s = call_socket(r, c);
    const char *flags = text_of(r, c->flags);

    if (!s || !is_udp(r, s) || !c->known)
        return;
    struct waiting *w = waiting_of(p, s);
    bool asks = c->option && strcmp(text_of(r, c->option), "SO_ERROR") == 0;
    if (w->error && (asks || strcmp(text_of(r, c->error), w->error) == 0))
        w->error = NULL;
    if (c->result >= 0 && strcmp(call_action(r, c), "recv") == 0 && !strstr(flags, "MSG_PEEK") &&
        !strstr(flags, "MSG_ERRQUEUE"))
        take(w);
}

static void put_address(struct buffer *out, const char *key, const struct recording *r, uint32_t number) {
    char text[ADDRESS_TEXT];
    json_text(out, key, number ? address_print(address_of(r, number), text) : NULL);
}

/** A text of the ladder, without its signs for the breaking of lines. */
static void put_plain(struct buffer *out, struct buffer *text) {
    for (size_t i = 0; i < text->size; i++)
        if (text->at[i] == *HARD)
            text->at[i] = ' ';
    json_string(out, (struct slice){text->at, text->size});
    buffer_free(text);
}

static void put_queue(struct buffer *out, const struct recording *r, const struct waiting *w) {
    buffer_text(out, ",\"queue\":[");
    for (int i = 0; i < w->queued && i < QUEUE; i++) {
        const struct event *e = &r->events[w->queue[i]];
        struct buffer text = {0};
        payload_quote(&text, (struct slice){e->payload, e->payload_size}, PAYLOAD_CELLS, false, false);
        buffer_text(out, i ? "," : "");
        put_plain(out, &text);
    }
    if (w->queued > QUEUE)
        buffer_text(out, ",\"…\"");
    buffer_text(out, "]");
}

/**
 * A socket's addresses after a row. Of the row's own call they are known: a socket is there once socket() has returned.
 */
static const struct endpoint *endpoint_after(const struct recording *r, const struct socket *s, const struct row *row) {
    const struct event *e = row->event == NO_INDEX ? NULL : &r->events[row->event];
    bool own = e && e->kind == EVENT_CALL && row->mark != MARK_WAITS && call_socket(r, &e->call) == s;

    if (own && strcmp(text_of(r, e->call.name), "close") != 0)
        return &r->endpoints[e->call.endpoint];
    return endpoint_then(r, s, row->time);
}

/** The sockets of a lane as they are after a row. */
static void put_lane(const struct play *p, int16_t lane, const struct row *row, struct buffer *out) {
    const struct recording *r = p->l->r;
    const char *before = "[";

    for (size_t i = 0; i < r->socket_count; i++) {
        const struct socket *s = &r->sockets[i];
        const struct endpoint *e = s->lane == lane ? endpoint_after(r, s, row) : NULL;
        if (!e)
            continue;
        buffer_format(out, "%s{\"type\":\"%s\"", before, text_of(r, s->type));
        put_address(out, "local", r, e->local);
        put_address(out, "peer", r, e->peer);
        put_queue(out, r, waiting_of(p, s));
        json_text(out, "error", waiting_of(p, s)->error);
        buffer_text(out, "}");
        before = ",";
    }
    buffer_text(out, *before == '[' ? "[]" : "]");
}

static void put_lanes(const struct play *p, const struct row *row, struct buffer *out) {
    const char *before = ",\"lanes\":{";

    for (size_t i = 0; i < p->l->column_count; i++) {
        struct buffer now = {0};
        struct buffer *told = &p->told[i];
        if (p->l->columns[i].lane < 0)
            continue;
        put_lane(p, p->l->columns[i].lane, row, &now);
        if (now.size != told->size || memcmp(now.at, told->at, now.size) != 0) {
            buffer_format(out, "%s\"%zu\":", before, i);
            buffer_add(out, now.at, now.size);
            before = ",";
        }
        buffer_free(told);
        *told = now;
    }
    if (strcmp(before, ",") == 0)
        buffer_text(out, "}");
}

/** What a row says, with the remarks on it. */
static void put_words(const struct ladder *l, const struct row *row, struct buffer *out) {
    struct buffer text = {0};

    buffer_text(&text, ladder_text(l, l->columns[row->column].title));
    if (row->kind == ROW_ARROW)
        buffer_format(&text, " → %s",
                      row->others == NO_INDEX ? ladder_text(l, l->columns[row->to_column].title) : "all");
    buffer_format(&text, ": %s", ladder_text(l, row->texts[0]));
    for (const struct row *note = row + 1; note < l->rows + l->row_count && note->kind == ROW_NOTE; note++)
        buffer_format(&text, " (%s)", ladder_text(l, note->texts[0]));
    put_plain(out, &text);
}

static void put_step(const struct play *p, const struct row *row, struct buffer *out) {
    const struct event *e = row->event == NO_INDEX ? NULL : &p->l->r->events[row->event];

    if (e && e->kind == EVENT_PACKET)
        play_packet(p, row->event);
    else if (e && e->kind == EVENT_CALL && row->mark != MARK_WAITS)
        play_call(p, e);
    buffer_text(out, "{\"says\":");
    put_words(p->l, row, out);
    put_lanes(p, row, out);
    buffer_text(out, "}");
}

void ladder_steps(const struct ladder *l, struct buffer *out) {
    struct play p = {.l = l,
                     .sockets = calloc(l->r->socket_count + 1, sizeof *p.sockets),
                     .told = calloc(l->column_count + 1, sizeof *p.told)};
    const char *before = "";

    if (!p.sockets || !p.told)
        die(FAILED, "out of memory");
    buffer_text(out, "{\"columns\":[");
    for (size_t i = 0; i < l->column_count; i++) {
        buffer_text(out, i ? "," : "");
        json_string(out, slice_of(ladder_text(l, l->columns[i].title)));
        buffer_text(&p.told[i], "[]");
    }
    buffer_text(out, "],\"steps\":[");
    for (size_t i = 0; i < l->row_count; i++) {
        if (l->rows[i].kind != ROW_POINT && l->rows[i].kind != ROW_ARROW)
            continue;
        buffer_text(out, before);
        put_step(&p, &l->rows[i], out);
        before = ",";
    }
    buffer_text(out, "]}");
    for (size_t i = 0; i < l->column_count; i++)
        buffer_free(&p.told[i]);
    free(p.told);
    free(p.sockets);
}
