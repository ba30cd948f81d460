/**
 * @file
 * From events to items: which ones the ladder shows, and when.
 */
#include "parts.h"

#include <stdlib.h>
#include <string.h>

static bool is_internet(const struct recording *r, const struct call *c) {
    const struct socket *s = call_socket(r, c);
    const char *type = s ? text_of(r, s->type) : "";
    return s && strcmp(type, "UNIX") != 0 && strcmp(type, "NETLINK") != 0 && strcmp(type, "OTHER") != 0;
}

static bool shows_call(const struct ladder *l, const struct event *e) {
    const struct recording *r = l->r;
    const char *name = text_of(r, e->call.name);

    if (is_internet(r, &e->call))
        return strcmp(name, "fcntl") != 0 && strcmp(name, "ioctl") != 0;
    if (e->call.fd >= 0 && e->call.fd <= 2 && e->call.endpoint == NO_INDEX && e->payload && !e->call.is_raw)
        return l->options.prints;
    // A socket call on a descriptor that is not a socket is a mistake: show it.
    return e->call.endpoint == NO_INDEX && e->call.known && e->call.result < 0 && !e->call.is_raw &&
           (strncmp(name, "send", 4) == 0 || strncmp(name, "recv", 4) == 0 || strcmp(name, "connect") == 0 ||
            strcmp(name, "bind") == 0);
}

static bool shows(const struct ladder *l, const struct event *e) {
    if (e->kind == EVENT_PACKET)
        return ladder_shows_packet(l, e) &&
               (ladder_column(l, e->packet.from_lane) >= 0 || ladder_column(l, e->packet.to_lane) >= 0);
    if (ladder_column(l, e->lane) < 0)
        return false;
    return e->kind == EVENT_CALL ? shows_call(l, e) : true;
}

/** Calls that wait for something to come. */
static bool may_wait(const struct recording *r, const struct event *e) {
    static const char *const names[] = {"recv",    "poll",       "ppoll",       "select",
                                        "pselect", "epoll_wait", "epoll_pwait", "accept"};
    const char *name = text_of(r, e->call.name);
    const struct socket *s = call_socket(r, &e->call);

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strncmp(name, names[i], strlen(names[i])) == 0)
            return true;
    return s && ((strcmp(name, "read") == 0) ||
                 (strcmp(name, "connect") == 0 && !strcmp(text_of(r, s->type), "TCP")));
}

static void add_item(struct items *items, int64_t time, size_t event, bool returns, bool waits) {
    items->list = grow(items->list, items->count, &items->capacity, sizeof *items->list);
    items->list[items->count++] = (struct item){time, (uint32_t)event, returns, waits};
}

static int by_time(const void *left, const void *right) {
    const struct item *a = left;
    const struct item *b = right;

    if (a->time != b->time)
        return a->time < b->time ? -1 : 1;
    return a->event != b->event ? (a->event < b->event ? -1 : 1) : (int)a->returns - (int)b->returns;
}

void ladder_collect(const struct ladder *l, struct items *items) {
    const struct recording *r = l->r;
    size_t next = 0; // the next event that is shown

    for (size_t i = 0; i < r->event_count; i++) {
        const struct event *e = &r->events[i];
        if (!shows(l, e))
            continue;
        bool waits = false;
        if (e->kind == EVENT_CALL && may_wait(r, e)) {
            if (next <= i)
                next = i + 1;
            while (next < r->event_count &&
                   (r->events[next].kind == EVENT_START || !shows(l, &r->events[next])))
                next++;
            int64_t end = call_end(e);
            waits = e->call.duration > 1000000 || !e->call.finished ||
                    (next < r->event_count && r->events[next].time < end);
            if (waits && e->call.finished)
                add_item(items, end, i, true, false);
        }
        add_item(items, e->time, i, false, waits);
    }
    if (items->count > 0)
        qsort(items->list, items->count, sizeof *items->list, by_time);
}
