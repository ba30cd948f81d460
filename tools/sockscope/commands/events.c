/**
 * @file
 * `sockscope events`: the recording as JSON Lines. EVENTS.md describes every field.
 */
#include "commands.h"

#include "../base/json.h"
#include "../base/strace.h"
#include "../read/load.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/** Output is written in pieces of this size: a long recording needs no second copy in memory. */
enum { PIECE = 1 << 16 };

static void put_address(struct buffer *out, const struct recording *r, const char *key, uint32_t number) {
    char text[ADDRESS_TEXT];

    json_text(out, key, address_print(address_of(r, number), text));
}

/** Bytes as text; when that is not exact, as hexadecimal digits, too. */
static void put_bytes(struct buffer *out, struct slice bytes) {
    buffer_text(out, ",\"payload\":");
    if (json_string(out, bytes))
        return;
    buffer_text(out, ",\"payload_hex\":\"");
    for (size_t i = 0; i < bytes.size; i++)
        buffer_format(out, "%02x", (unsigned char)bytes.at[i]);
    buffer_text(out, "\"");
}

static void put_payload(struct buffer *out, const struct event *e) {
    put_bytes(out, (struct slice){e->payload, e->payload_size});
}

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
    put_address(out, r, "local", e->local);
    put_address(out, r, "peer", e->peer);
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
    put_address(out, r, "offender", m->error.offender);
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
        put_address(out, r, c->is_out ? "to" : "from", m->address);
        put_bytes(out, (struct slice){m->payload, m->payload_size});
        put_message_extras(out, r, m);
        if (m->truncated)
            buffer_text(out, ",\"truncated\":true");
        buffer_text(out, "}");
    }
    buffer_text(out, "]");
}

static void put_call(struct buffer *out, const struct recording *r, const struct event *e) {
    const struct call *c = &e->call;

    json_text(out, "name", text_of(r, c->name));
    json_text(out, "action", call_action(r, c));
    if (c->fd != NO_DESCRIPTOR)
        json_number(out, "fd", c->fd);
    else
        buffer_text(out, ",\"fd\":null");
    put_socket(out, r, c);
    put_address(out, r, "to", c->to);
    put_address(out, r, "from", c->from);
    if (c->no_address)
        buffer_text(out, ",\"no_address\":true");
    if (c->bytes != NO_INDEX)
        json_number(out, "bytes", c->bytes);
    else
        buffer_text(out, ",\"bytes\":null");
    if (c->capacity != NO_INDEX)
        json_number(out, "capacity", c->capacity);
    if (e->payload && !c->is_raw)
        put_payload(out, e);
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

static void put_end(struct buffer *out, const struct recording *r, const struct event *e) {
    const char *name = text_of(r, e->end.name);

    if (e->kind == EVENT_SIGNAL) {
        json_text(out, "name", name);
        if (e->end.sender > 0)
            json_number(out, "sender", e->end.sender);
        else
            buffer_text(out, ",\"sender\":null");
        return;
    }
    if (e->end.name)
        buffer_text(out, ",\"status\":null");
    else
        json_number(out, "status", e->end.status);
    json_text(out, "signal", name);
}

/** The program's name. */
static const char *program_name(const struct recording *r, int16_t lane) {
    return lane_name(r, lane >= 0 ? r->lanes[lane].program : lane);
}

/** A lane: its program, and its process where the program has several that use sockets. */
static void put_lane(struct buffer *out, const struct recording *r, const char *before, int16_t lane) {
    char key[32];

    snprintf(key, sizeof key, "%slane", before);
    json_text(out, key, program_name(r, lane));
    snprintf(key, sizeof key, "%sprocess", before);
    if (lane >= 0 && r->lanes[lane].program != lane)
        json_text(out, key, r->lanes[lane].name);
}

static void put_host(struct buffer *out, const struct recording *r, const char *key, int16_t host) {
    json_text(out, key, host >= 0 ? r->hosts[host].name : NULL);
}

/** What every packet and every quoted datagram has: protocol, addresses, payload. */
static void put_datagram(struct buffer *out, const struct recording *r, const struct event *e) {
    const struct packet *p = &e->packet;
    char text[32];

    put_address(out, r, "src", p->src);
    put_address(out, r, "dst", p->dst);
    if (p->proto == PROTO_TCP)
        json_text(out, "flags", packet_tcp_flags(p->flags, text));
    if (p->proto == PROTO_UDP || p->proto == PROTO_TCP) {
        json_number(out, "length", p->length);
        put_payload(out, e);
    } else if (p->proto == PROTO_FRAGMENT) {
        json_number(out, "length", p->length);
    }
    if (p->proto == PROTO_OTHER)
        json_number(out, "number", p->protocol);
    if (p->fragmented) {
        buffer_text(out, ",\"fragmented\":true");
        json_number(out, "id", p->number);
    }
    if (p->truncated)
        buffer_text(out, ",\"truncated\":true");
}

/** The lanes that got a packet, as a list. */
static void put_receivers(struct buffer *out, const struct recording *r, const struct packet *p) {
    buffer_text(out, ",\"to_lanes\":[");
    if (p->receivers == NO_INDEX && p->to_lane != LANE_NONE)
        json_string(out, slice_of(program_name(r, p->to_lane)));
    for (size_t i = p->receivers; p->receivers != NO_INDEX && r->receivers[i] != LANE_NONE; i++) {
        buffer_text(out, i == p->receivers ? "" : ",");
        json_string(out, slice_of(program_name(r, r->receivers[i])));
    }
    buffer_text(out, "]");
}

static void put_packet(struct buffer *out, const struct recording *r, const struct event *e) {
    const struct packet *p = &e->packet;
    char text[32];

    put_lane(out, r, "from_", p->from_lane);
    put_lane(out, r, "to_", p->to_lane);
    put_receivers(out, r, p);
    put_host(out, r, "from_host", p->from_host);
    put_host(out, r, "to_host", p->to_host);
    json_text(out, "proto", packet_protocol_name((enum protocol)p->proto));
    put_datagram(out, r, e);
    if (p->proto == PROTO_ICMP || p->proto == PROTO_ICMPV6) {
        json_number(out, "type", p->type);
        json_number(out, "code", p->code);
        json_text(out, "name", packet_icmp_name((enum protocol)p->proto, p->type, p->code, text));
    } else if (p->proto == PROTO_ARP) {
        json_text(out, "name", p->type == 1 ? "request" : "reply");
    } else if (p->proto == PROTO_IGMP) {
        json_number(out, "type", p->type);
    }
    if (p->about == NO_INDEX)
        return;
    buffer_text(out, ",\"about\":{\"proto\":");
    struct event quoted = quoted_datagram(r, p);
    json_string(out, slice_of(packet_protocol_name((enum protocol)quoted.packet.proto)));
    put_datagram(out, r, &quoted);
    buffer_text(out, "}");
}

/** The arguments of a program, without its own name. */
static void put_arguments(struct buffer *out, const struct beginning *start) {
    struct slice rest = {start->arguments, start->size};
    struct buffer argument = {0};

    buffer_text(out, ",\"arguments\":[");
    for (int i = 0; rest.size > 1; i++) {
        rest = slice_skip(rest, 1); // the bracket, or the blank after a comma
        size_t length = strace_quoted(rest);
        argument.size = 0;
        strace_unquote(rest, &argument);
        if (i > 0 && length > 0) {
            buffer_text(out, i > 1 ? "," : "");
            json_string(out, (struct slice){argument.at, argument.size});
        }
        rest = slice_skip(rest, length);
        rest = slice_skip(rest, slice_find(rest, " "));
    }
    buffer_free(&argument);
    buffer_text(out, "]");
}

static void put_event(struct buffer *out, const struct recording *r, const struct event *e, int64_t start) {
    static const char *const kinds[] = {"start", "call", "packet", "signal", "exit"};

    buffer_text(out, "{\"kind\":");
    json_string(out, slice_of(kinds[e->kind]));
    json_seconds(out, "t", e->time - start);
    if (e->kind == EVENT_PACKET) {
        put_packet(out, r, e);
        buffer_text(out, "}\n");
        return;
    }
    put_lane(out, r, "", e->lane);
    json_number(out, "pid", e->pid);
    if (e->thread && e->thread != THREAD_OTHER)
        json_number(out, "thread", e->thread);
    if (e->kind == EVENT_START) {
        buffer_text(out, ",\"program\":");
        json_string(out, (struct slice){e->payload, e->payload_size});
        put_arguments(out, &e->start);
    } else if (e->kind == EVENT_CALL) {
        put_call(out, r, e);
    } else {
        put_end(out, r, e);
    }
    buffer_text(out, "}\n");
}

static bool is_program(const struct recording *r, size_t lane) {
    return r->lanes[lane].program == (int16_t)lane && !r->lanes[lane].is_kernel;
}

/** A host: its name, its addresses, its lanes. */
static void put_host_line(struct buffer *out, const struct recording *r, size_t host) {
    const struct host *h = &r->hosts[host];
    const char *comma = "";
    char text[ADDRESS_TEXT];

    buffer_text(out, host ? ",{\"name\":" : "{\"name\":");
    json_string(out, slice_of(h->name));
    buffer_text(out, ",\"addresses\":[");
    for (size_t i = 0; i < h->address_count; i++) {
        buffer_text(out, i ? "," : "");
        json_string(out, slice_of(address_print_ip(&h->addresses[i], text)));
    }
    buffer_text(out, "],\"lanes\":[");
    for (size_t i = 0; i < r->lane_count; i++) {
        if (r->lanes[i].host != (int16_t)host || !is_program(r, i))
            continue;
        buffer_text(out, comma);
        json_string(out, slice_of(r->lanes[i].name));
        comma = ",";
    }
    buffer_text(out, "]}");
}

static void put_header(struct buffer *out, const struct recording *r, int64_t start) {
    buffer_text(out, "{\"kind\":\"recording\",\"schema\":\"udplab-events/1\",\"start\":");
    buffer_format(out, "\"%" PRId64 ".%09" PRId64 "\",\"lanes\":[", start / 1000000000, start % 1000000000);
    const char *comma = "";
    for (size_t i = 0; i < r->lane_count; i++) {
        if (!is_program(r, i))
            continue;
        buffer_text(out, comma);
        json_string(out, slice_of(r->lanes[i].name));
        comma = ",";
    }
    buffer_text(out, "],\"hosts\":[");
    for (size_t i = 0; i < r->host_count; i++)
        put_host_line(out, r, i);
    buffer_format(out, "],\"lost\":%" PRIu64 "}\n", r->lost);
}

bool events_print(const struct recording *r, struct buffer *out, FILE *file) {
    int64_t start = r->event_count ? r->events[0].time : 0;

    put_header(out, r, start);
    for (size_t i = 0; i < r->event_count && (!file || !ferror(file)); i++) {
        put_event(out, r, &r->events[i], start);
        if (file && out->size > PIECE) {
            fwrite(out->at, 1, out->size, file);
            out->size = 0;
        }
    }
    if (file && fwrite(out->at, 1, out->size, file) == out->size)
        out->size = 0;
    return !file || (fflush(file) == 0 && !ferror(file));
}

static const char help[] =
    "usage: sockscope events DIR\n"
    "\n"
    "Prints a recording as JSON Lines, one event a line; the first line describes the recording.\n"
    "Schema: udplab-events/1 (tools/sockscope/EVENTS.md).\n"
    "Exit status: 0, or 1 when something in DIR could not be read (the rest is printed).\n";

int command_events(int argc, char **argv) {
    struct recording r;
    struct buffer out = {0};

    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        fputs(help, stdout);
        return DONE;
    }
    if (argc != 2 || argv[1][0] == '-') {
        fputs(help, stderr);
        return USAGE;
    }
    if (!recording_load(argv[1], &r)) {
        recording_free(&r);
        return FAILED;
    }
    bool written = events_print(&r, &out, stdout);
    unsigned problems = r.problems;
    buffer_free(&out);
    recording_free(&r);
    if (!written)
        die(FAILED, "standard output failed: %m");
    return problems ? FAILED : DONE;
}
