/**
 * @file
 * A call as JSON.
 */
#include "event_parts.h"

#include <string.h>

static void put_socket(struct buffer *out, const struct recording *r, const struct call *c) {
    const struct socket *s = call_socket(r, c);

    if (!s) {
        buffer_text(out, ",\"socket\":null");
        return;
    }
    const struct endpoint *e = &r->endpoints[c->endpoint];
    buffer_format(out, ",\"socket\":{\"type\":\"%s\"", text_of(r, s->type));
    bool has_family = is_on_network(r, s) && strcmp(text_of(r, s->type), "PACKET") != 0;
    json_text(out, "family", !has_family ? NULL : s->ipv6 ? "IPv6" : "IPv4");
    event_address(out, r, "local", e->local);
    event_address(out, r, "peer", e->peer);
    buffer_text(out, "}");
}

/** What a wait watches and what was ready, and its time limit. */
static void put_wait(struct buffer *out, const struct recording *r, const struct call *c) {
    const struct wait *w = &r->waits[c->more];

    buffer_text(out, ",\"watched\":[");
    for (uint32_t i = 0; i < w->count; i++) {
        const struct watched *one = &r->watched[w->first + i];
        buffer_format(out, "%s{\"fd\":%d", i ? "," : "", one->fd);
        json_text(out, "events", text_of(r, one->events));
        json_text(out, "ready", text_of(r, one->ready));
        buffer_text(out, "}");
    }
    buffer_text(out, "]");
    if (w->timeout < 0)
        buffer_text(out, ",\"timeout\":null");
    else
        json_seconds(out, "timeout", w->timeout);
}

/** The control messages of a message in words, and the error among them. */
static void put_control(struct buffer *out, const struct recording *r, const struct message *m) {
    const char *word = m->control;

    buffer_text(out, ",\"control\":[");
    for (const char *comma = ""; *word; comma = ",") {
        size_t length = strcspn(word, "\n");
        buffer_text(out, comma);
        json_string(out, (struct slice){word, length});
        word += length + (word[length] == '\n');
    }
    buffer_text(out, "]");
    if (!m->error.error)
        return;
    buffer_text(out, ",\"extended_error\":{\"errno\":");
    json_string(out, slice_of(text_of(r, m->error.error)));
    json_number(out, "origin", m->error.origin);
    json_number(out, "type", m->error.type);
    json_number(out, "code", m->error.code);
    json_number(out, "info", m->error.info);
    event_address(out, r, "offender", m->error.offender);
    buffer_text(out, "}");
}

/** One message's flags, control messages and lost rest, as far as it has any. */
static void put_message_extras(struct buffer *out, const struct recording *r, const struct message *m) {
    if (m->flags)
        json_text(out, "msg_flags", text_of(r, m->flags));
    if (*m->control)
        put_control(out, r, m);
    if (m->length > 0)
        json_number(out, "datagram", m->length);
}

/** Of sendmmsg and recvmmsg each message; of another call what its only message adds to it. */
static void put_messages(struct buffer *out, const struct recording *r, const struct call *c) {
    if (!strstr(text_of(r, c->name), "mmsg")) {
        if (c->message_count == 1)
            put_message_extras(out, r, call_message(r, c, 0));
        return;
    }
    buffer_text(out, ",\"messages\":[");
    for (size_t i = 0; i < c->message_count; i++) {
        const struct message *m = call_message(r, c, i);
        buffer_format(out, "%s{\"bytes\":%u", i ? "," : "", m->bytes);
        event_address(out, r, c->is_out ? "to" : "from", m->address);
        event_bytes(out, (struct slice){m->payload, m->payload_size});
        put_message_extras(out, r, m);
        if (m->truncated)
            buffer_text(out, ",\"truncated\":true");
        buffer_text(out, "}");
    }
    buffer_text(out, "]");
}

void event_call(struct buffer *out, const struct recording *r, const struct event *e) {
    const struct call *c = &e->call;

    json_text(out, "name", text_of(r, c->name));
    json_text(out, "action", call_action(r, c));
    if (c->fd != NO_DESCRIPTOR)
        json_number(out, "fd", c->fd);
    else
        buffer_text(out, ",\"fd\":null");
    put_socket(out, r, c);
    event_address(out, r, "to", c->to);
    event_address(out, r, "from", c->from);
    if (c->no_address)
        buffer_text(out, ",\"no_address\":true");
    if (c->bytes != NO_INDEX)
        json_number(out, "bytes", c->bytes);
    else
        buffer_text(out, ",\"bytes\":null");
    if (c->capacity != NO_INDEX)
        json_number(out, "capacity", c->capacity);
    if (e->payload && !c->is_raw)
        event_bytes(out, (struct slice){e->payload, e->payload_size});
    else
        buffer_text(out, ",\"payload\":null");
    if (c->option)
        json_text(out, "option", text_of(r, c->option));
    if (c->is_raw) {
        buffer_text(out, c->option ? ",\"value\":" : ",\"arguments\":");
        json_string(out, (struct slice){e->payload, e->payload_size});
    }
    json_text(out, "flags", text_of(r, c->flags));
    if (c->is_wait)
        put_wait(out, r, c);
    else
        put_messages(out, r, c);
    if (c->segment > 0)
        json_number(out, "segment", c->segment);
    if (c->truncated)
        buffer_text(out, ",\"truncated\":true");
    if (c->is_cut)
        buffer_text(out, ",\"payload_cut\":true");
    if (c->known)
        json_number(out, "result", c->result);
    else
        buffer_text(out, ",\"result\":null");
    json_text(out, "errno", text_of(r, c->error));
    if (c->duration >= 0)
        json_seconds(out, "seconds", c->duration);
    else
        buffer_text(out, ",\"seconds\":null");
    buffer_format(out, ",\"finished\":%s", c->finished ? "true" : "false");
}
