/**
 * @file
 * `sockscope events`: the recording as JSON Lines. EVENTS.md describes every field.
 */
#include "commands.h"

#include "../base/strace.h"
#include "../read/load.h"
#include "event_parts.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/** Output is written in pieces of this size: a long recording needs no second copy in memory. */
enum { PIECE = 1 << 16 };

void event_address(struct buffer *out, const struct recording *r, const char *key, uint32_t number) {
    char text[ADDRESS_TEXT];

    json_text(out, key, address_print(address_of(r, number), text));
}

void event_bytes(struct buffer *out, struct slice bytes) {
    buffer_text(out, ",\"payload\":");
    if (json_string(out, bytes))
        return;
    buffer_text(out, ",\"payload_hex\":\"");
    for (size_t i = 0; i < bytes.size; i++)
        buffer_format(out, "%02x", (unsigned char)bytes.at[i]);
    buffer_text(out, "\"");
}

const char *event_program(const struct recording *r, int16_t lane) {
    return lane_name(r, lane >= 0 ? r->lanes[lane].program : lane);
}

void event_lane(struct buffer *out, const struct recording *r, const char *before, int16_t lane) {
    char key[32];

    snprintf(key, sizeof key, "%slane", before);
    json_text(out, key, event_program(r, lane));
    snprintf(key, sizeof key, "%sprocess", before);
    if (lane >= 0 && r->lanes[lane].program != lane)
        json_text(out, key, r->lanes[lane].name);
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
        event_packet(out, r, e);
        buffer_text(out, "}\n");
        return;
    }
    event_lane(out, r, "", e->lane);
    json_number(out, "pid", e->pid);
    if (e->thread && e->thread != THREAD_OTHER)
        json_number(out, "thread", e->thread);
    if (e->kind == EVENT_START) {
        buffer_text(out, ",\"program\":");
        json_string(out, (struct slice){e->payload, e->payload_size});
        put_arguments(out, &e->start);
    } else if (e->kind == EVENT_CALL) {
        event_call(out, r, e);
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
