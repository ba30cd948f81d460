/**
 * @file
 * From events to items: which ones the ladder shows, and when.
 */
#include "parts.h"

#include <stdlib.h>
#include <string.h>

/** Questions that programs ask about any descriptor, such as whether their standard input is a socket. */
static bool only_asks(const char *name, const char *error) {
    return strncmp(name, "get", 3) == 0 && strcmp(error, "ENOTSOCK") == 0;
}

static bool is_hidden(const char *name) {
    static const char *const names[] = {"fcntl", "ioctl", "rt_sigreturn"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

static bool moves_bytes(const char *name) {
    static const char *const names[] = {"read", "write", "readv", "writev"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

bool is_on_unix(const struct recording *r, const struct event *e) {
    const struct socket *s = e->kind == EVENT_CALL ? call_socket(r, &e->call) : NULL;

    if (s)
        return strncmp(text_of(r, s->type), "UNIX", 4) == 0;
    return e->kind == EVENT_CALL && strcmp(text_of(r, e->call.name), "socketpair") == 0 && e->call.result == 0;
}

static bool shows_call(const struct ladder *l, const struct event *e) {
    const struct recording *r = l->r;
    const struct call *c = &e->call;
    const char *name = text_of(r, c->name);
    bool failed = c->known && c->result < 0;

    if (is_hidden(name))
        return false;
    if (strcmp(name, "io_uring_setup") == 0)
        return !failed;
    if (is_on_network(r, call_socket(r, c)))
        return true;
    if (l->options.on_unix && is_on_unix(r, e))
        return true;
    if (c->is_wait || strcmp(name, "epoll_ctl") == 0)
        return false; // for other files
    if (e->thread == THREAD_OTHER)
        return false; // a shell around the program
    if (moves_bytes(name) && !(failed && strcmp(text_of(r, c->error), "EBADF") == 0))
        return l->options.prints && c->fd <= 2; // also where standard output is a UNIX socket
    if (c->endpoint != NO_INDEX)
        return false;
    // A call on a socket that is not there: the program has not looked at a result.
    return failed && !only_asks(name, text_of(r, c->error));
}

static bool shows(const struct ladder *l, const struct event *e) {
    if (e->kind == EVENT_PACKET)
        return ladder_shows_packet(l, e) &&
               (ladder_column(l, e->packet.from_lane) >= 0 || ladder_column(l, e->packet.to_lane) >= 0);
    if (ladder_column(l, e->lane) < 0)
        return false;
    if (e->kind == EVENT_SIGNAL && strcmp(text_of(l->r, e->end.name), "SIGCHLD") == 0)
        return false; // the child's end has a row
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
    return s && ((strcmp(name, "read") == 0) || (strcmp(name, "connect") == 0 && !strcmp(text_of(r, s->type), "TCP")));
}

/** Whether a signal ended the program inside this call, which then returned to nobody. */
static bool died_in(const struct recording *r, size_t index) {
    const struct event *e = &r->events[index];

    if (!is_restart(text_of(r, e->call.error)))
        return false;
    for (size_t i = index + 1; i < r->event_count; i++) {
        const struct event *next = &r->events[i];
        if (next->kind != EVENT_PACKET && next->kind != EVENT_SIGNAL && next->pid == e->pid)
            return next->kind == EVENT_EXIT && *text_of(r, next->end.name);
    }
    return false;
}

static void add_item(struct items *items, int64_t time, size_t event, bool returns, bool waits) {
    items->list = grow(items->list, items->count, &items->capacity, sizeof *items->list);
    items->list[items->count++] =
        (struct item){.time = time, .event = (uint32_t)event, .returns = returns, .waits = waits};
}

static int by_time(const void *left, const void *right) {
    const struct item *a = left;
    const struct item *b = right;

    if (a->time != b->time)
        return a->time < b->time ? -1 : 1;
    return a->event != b->event ? (a->event < b->event ? -1 : 1) : (int)a->returns - (int)b->returns;
}

void ladder_count_hidden(struct ladder *l) {
    for (size_t i = 0; i < l->r->event_count; i++) {
        const struct event *e = &l->r->events[i];
        if (e->kind == EVENT_PACKET)
            l->hidden_packets += !ladder_shows_packet(l, e);
        else if (!l->options.on_unix && ladder_column(l, e->lane) >= 0 && is_on_unix(l->r, e))
            l->hidden_calls += !is_hidden(text_of(l->r, e->call.name));
    }
}

void ladder_collect(const struct ladder *l, struct items *items) {
    const struct recording *r = l->r;
    size_t next = 0; // the next event that is shown

    for (size_t i = 0; i < r->event_count; i++) {
        const struct event *e = &r->events[i];
        if (!shows(l, e))
            continue;
        bool waits = e->kind == EVENT_CALL && died_in(r, i);
        if (e->kind == EVENT_CALL && !waits && may_wait(r, e)) {
            if (next <= i)
                next = i + 1;
            while (next < r->event_count && (r->events[next].kind == EVENT_START || !shows(l, &r->events[next])))
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
