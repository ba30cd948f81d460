/**
 * @file
 * Sockets that several processes use.
 */
#include "sharing.h"

#include <stdlib.h>
#include <string.h>

enum { LOOK_AROUND = 256 }; ///< calls on the socket that are looked at, before and after the packet

static bool closes(const struct recording *r, const struct event *e) {
    return strcmp(text_of(r, e->call.name), "close") == 0;
}

static int by_socket_and_time(const void *left, const void *right) {
    const struct use *a = left;
    const struct use *b = right;

    if (a->socket != b->socket)
        return a->socket < b->socket ? -1 : 1;
    return (a->event > b->event) - (a->event < b->event);
}

void sharing_find(const struct recording *r, struct sharing *s) {
    *s = (struct sharing){.shared = calloc(r->socket_count + 1, sizeof *s->shared)};
    if (!s->shared)
        die(FAILED, "out of memory");
    for (size_t i = 0; i < r->event_count; i++) {
        const struct event *e = &r->events[i];
        if (e->kind != EVENT_CALL || e->call.endpoint == NO_INDEX || closes(r, e))
            continue;
        uint32_t socket = r->endpoints[e->call.endpoint].socket;
        s->shared[socket] = s->shared[socket] || r->sockets[socket].lane != e->lane;
    }
    for (size_t i = 0; i < r->event_count; i++) {
        const struct event *e = &r->events[i];
        if (e->kind != EVENT_CALL || e->call.endpoint == NO_INDEX || !s->shared[r->endpoints[e->call.endpoint].socket])
            continue;
        s->list = grow(s->list, s->count, &s->capacity, sizeof *s->list);
        s->list[s->count++] = (struct use){r->endpoints[e->call.endpoint].socket, (uint32_t)i};
    }
    if (s->count > 0)
        qsort(s->list, s->count, sizeof *s->list, by_socket_and_time);
}

void sharing_free(struct sharing *s) {
    free(s->list);
    free(s->shared);
}

/** The first use of the socket that begins after that time; it may be the end of the socket's uses. */
static size_t first_after(const struct recording *r, const struct sharing *s, uint32_t socket, int64_t time) {
    size_t low = 0;
    size_t high = s->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct use *use = &s->list[middle];
        if (use->socket < socket || (use->socket == socket && r->events[use->event].time <= time))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_of(const struct sharing *s, size_t use, uint32_t socket) {
    return use < s->count && s->list[use].socket == socket;
}

/** The last process that used the socket before, or else the one whose socket it is. */
static int16_t last_user(const struct recording *r, const struct sharing *s, uint32_t socket, size_t after) {
    for (size_t i = after; i-- > 0 && after - i < LOOK_AROUND && is_of(s, i, socket);)
        if (!closes(r, &r->events[s->list[i].event]))
            return r->events[s->list[i].event].lane;
    return r->sockets[socket].lane;
}

static bool receives(const struct recording *r, const struct event *e) {
    return strcmp(call_action(r, &e->call), "recv") == 0 || strncmp(text_of(r, e->call.name), "accept", 6) == 0;
}

int16_t sharing_receiver(const struct recording *r, const struct sharing *s, uint32_t socket, int64_t time) {
    size_t after = first_after(r, s, socket, time);
    size_t first = after > LOOK_AROUND ? after - LOOK_AROUND : 0;
    const struct event *next = NULL;

    for (size_t i = first; i < s->count && i < after + LOOK_AROUND; i++) {
        const struct event *e = &r->events[s->list[i].event];
        if (!is_of(s, i, socket) || !receives(r, e) || !e->call.known || e->call.result < 0 || call_end(e) < time)
            continue;
        if (!next || call_end(e) < call_end(next))
            next = e;
    }
    return next ? next->lane : last_user(r, s, socket, after);
}

int16_t sharing_user(const struct recording *r, const struct sharing *s, uint32_t socket, int64_t time) {
    size_t after = first_after(r, s, socket, time);

    for (size_t i = after; i-- > 0 && after - i < LOOK_AROUND && is_of(s, i, socket);) {
        const struct event *e = &r->events[s->list[i].event];
        bool sends = e->call.is_out || closes(r, e) || strcmp(text_of(r, e->call.name), "connect") == 0;
        if (sends && call_end(e) >= time)
            return e->lane;
    }
    return last_user(r, s, socket, after);
}
