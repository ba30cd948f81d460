/**
 * @file
 * The arguments and results of poll, select and epoll_wait.
 */
#include "waiting.h"

#include <string.h>

/** A wait while it is read. */
struct reading {
    struct tracker *t;
    struct event *e;
    int64_t time;
    uint32_t socket; ///< what the call is about, so far
    int fd;          ///< its descriptor
};

bool is_wait(struct slice name) {
    static const char *const names[] = {"poll",       "ppoll",       "select",      "pselect6",
                                        "epoll_wait", "epoll_pwait", "epoll_pwait2"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (slice_is(name, names[i]))
            return true;
    return false;
}

static uint16_t event_text(struct recording *r, struct slice text) {
    return (uint16_t)text_number(r, slice_is(text, "0") ? slice_of("") : text);
}

/** Adds a descriptor to the wait, and lets the call be about it if it is the best so far. */
static void watch(struct reading *in, int fd, struct slice annotation, uint16_t events, uint16_t ready) {
    struct recording *r = in->t->r;

    r->watched = grow(r->watched, r->watched_count, &r->watched_capacity, sizeof *r->watched);
    r->watched[r->watched_count++] = (struct watched){fd, events, ready};
    if (!in->e->call.flags)
        in->e->call.flags = ready;
    if (fd < 0)
        return; // poll ignores it
    bool asked = in->t->asked;
    uint32_t socket = annotation.size > 0 ? tracker_socket(in->t, in->e->pid, fd, annotation, in->time)
                                          : tracker_current(in->t, in->e->pid, fd);
    in->t->asked = in->t->asked || asked;
    if (socket == NO_INDEX)
        return;
    bool better =
        in->socket == NO_INDEX || (!is_on_network(r, &r->sockets[in->socket]) && is_on_network(r, &r->sockets[socket]));
    if (better) {
        in->socket = socket;
        in->fd = fd;
    }
}

/** What poll says of a descriptor in its result: `[{fd=3, revents=POLLERR}]`. */
static struct slice returned_events(struct slice detail, int fd) {
    struct slice rest = strace_inside(detail);
    struct slice item;
    struct slice annotation;

    while (strace_next(&rest, &item))
        if (strace_descriptor(strace_member(item, "fd"), &annotation) == fd)
            return strace_member(item, "revents");
    return (struct slice){detail.at, 0};
}

static void read_poll(struct reading *in, struct slice list, struct slice detail) {
    struct recording *r = in->t->r;
    struct slice rest = strace_inside(list);
    struct slice item;
    struct slice annotation;

    while (strace_next(&rest, &item)) {
        int fd = strace_descriptor(strace_member(item, "fd"), &annotation);
        if (fd != NO_DESCRIPTOR)
            watch(in, fd, annotation, event_text(r, strace_member(item, "events")),
                  event_text(r, returned_events(detail, fd)));
    }
}

/** Takes the next descriptor off `3<UDP:[...]> 4`. */
static bool next_descriptor(struct slice *list, int *fd, struct slice *annotation) {
    size_t length = 0;

    *list = slice_trim(*list);
    while (length < list->size && list->at[length] >= '0' && list->at[length] <= '9')
        length++;
    if (length == 0)
        return false;
    if (length < list->size && list->at[length] == '<') {
        size_t end = slice_find(*list, "> ");
        length = end < list->size ? end + 1 : list->size;
    }
    *fd = strace_descriptor((struct slice){list->at, length}, annotation);
    *list = slice_skip(*list, length);
    return true;
}

/** Tells whether select's result has a descriptor: `in [3], out [4], left {...}`. */
static bool is_in_result(struct slice detail, const char *set, int fd) {
    struct slice item;
    struct slice annotation;
    int other = 0;

    while (strace_next(&detail, &item)) {
        if (!slice_starts(item, set))
            continue;
        struct slice list = strace_inside(slice_skip(item, strlen(set)));
        while (next_descriptor(&list, &other, &annotation))
            if (other == fd)
                return true;
    }
    return false;
}

static void read_select(struct reading *in, const struct slice *sets, struct slice detail) {
    static const struct {
        const char *events, *result;
    } kinds[] = {{"readable", "in "}, {"writable", "out "}, {"exceptional", "except "}};
    struct slice annotation;
    int fd = 0;

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct slice list = strace_inside(sets[i]);
        uint16_t events = event_text(in->t->r, slice_of(kinds[i].events));
        while (next_descriptor(&list, &fd, &annotation))
            watch(in, fd, annotation, events, is_in_result(detail, kinds[i].result, fd) ? events : 0);
    }
}

/** The data that a program attached to a descriptor: `{u32=4, u64=4}`. */
static uint64_t epoll_data(struct slice event) {
    struct slice data = strace_member(event, "data");
    int64_t number = 0;

    if (!slice_number(strace_member(data, "u64"), &number, NULL))
        slice_number(data, &number, NULL);
    return (uint64_t)number;
}

/** What epoll_wait returned for a descriptor's data: its events. */
static struct slice epoll_events(struct slice list, uint64_t data) {
    struct slice rest = strace_inside(list);
    struct slice item;

    while (strace_next(&rest, &item))
        if (epoll_data(item) == data)
            return strace_member(item, "events");
    return (struct slice){list.at, 0};
}

static void read_epoll(struct reading *in, int epoll, struct slice list) {
    struct tracker *t = in->t;
    uint32_t table = tracker_task(t, in->e->pid)->table;

    for (size_t i = 0; i < t->interest_count; i++) {
        struct interest interest = t->interests[i];
        if (interest.table == table && interest.epoll == epoll)
            watch(in, interest.fd, (struct slice){"", 0}, interest.events,
                  event_text(t->r, epoll_events(list, interest.data)));
    }
}

/** A time limit: milliseconds, or `{tv_sec=2, tv_nsec=0}`. */
static int64_t read_limit(struct slice text) {
    int64_t seconds = 0;
    int64_t part = 0;

    if (slice_number(text, &seconds, NULL))
        return seconds < 0 || seconds > INT32_MAX ? -1 : seconds * 1000000;
    if (!slice_number(strace_member(text, "tv_sec"), &seconds, NULL) || seconds < 0 || seconds > INT32_MAX)
        return -1;
    bool fine = slice_number(strace_member(text, "tv_nsec"), &part, NULL);
    if (!fine && slice_number(strace_member(text, "tv_usec"), &part, NULL))
        part = part >= 0 && part < 1000000 ? part * 1000 : 0;
    return seconds * 1000000000 + (part >= 0 && part < 1000000000 ? part : 0);
}

uint32_t wait_read(struct tracker *t, const struct strace_line *line, struct event *e, int64_t time) {
    struct reading in = {.t = t, .e = e, .time = time, .socket = NO_INDEX, .fd = NO_DESCRIPTOR};
    struct recording *r = t->r;
    struct slice parts[STRACE_ARGUMENTS] = {0};
    size_t count = strace_split(line->arguments, parts);
    struct slice detail = strace_parse_result(line->result).detail;
    struct slice annotation;
    struct wait w = {.first = (uint32_t)r->watched_count, .timeout = -1};
    bool polls = slice_is(line->name, "poll") || slice_is(line->name, "ppoll");
    size_t limit = polls ? 2 : slice_starts(line->name, "epoll") ? 3 : 4;

    e->call.is_wait = true;
    e->call.flags = 0;
    if (polls)
        read_poll(&in, parts[0], detail);
    else if (slice_starts(line->name, "epoll"))
        read_epoll(&in, strace_descriptor(parts[0], &annotation), parts[1]);
    else
        read_select(&in, parts + 1, detail);
    if (count > limit)
        w.timeout = read_limit(parts[limit]);
    w.count = (uint32_t)r->watched_count - w.first;
    r->waits = grow(r->waits, r->wait_count, &r->wait_capacity, sizeof *r->waits);
    e->call.more = (uint32_t)r->wait_count;
    r->waits[r->wait_count++] = w;
    e->call.fd = in.fd;
    return in.socket;
}

static void forget(struct tracker *t, uint32_t table, int epoll, int fd) {
    size_t kept = 0;

    for (size_t i = 0; i < t->interest_count; i++) {
        const struct interest *interest = &t->interests[i];
        bool gone = interest->table == table && (epoll < 0 || interest->epoll == epoll) &&
                    (interest->fd == fd || (epoll < 0 && interest->epoll == fd));
        if (!gone)
            t->interests[kept++] = *interest;
    }
    t->interest_count = kept;
}

void wait_control(struct tracker *t, const struct strace_line *line, int32_t pid) {
    struct slice parts[STRACE_ARGUMENTS] = {0};
    struct slice annotation;
    uint32_t table = tracker_task(t, pid)->table;

    if (strace_split(line->arguments, parts) < 3)
        return;
    int epoll = strace_descriptor(parts[0], &annotation);
    int fd = strace_descriptor(parts[2], &annotation);
    if (epoll < 0 || fd < 0)
        return;
    forget(t, table, epoll, fd);
    if (slice_is(parts[1], "EPOLL_CTL_DEL"))
        return;
    t->interests = grow(t->interests, t->interest_count, &t->interest_capacity, sizeof *t->interests);
    t->interests[t->interest_count++] =
        (struct interest){epoll_data(parts[3]), table, epoll, fd, event_text(t->r, strace_member(parts[3], "events"))};
}

void wait_closed(struct tracker *t, int32_t pid, int fd) {
    if (t->interest_count > 0)
        forget(t, tracker_task(t, pid)->table, -1, fd);
}
