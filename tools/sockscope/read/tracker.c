/**
 * @file
 * Processes, their descriptors, and the socket behind each.
 */
#include "tracker.h"

#include <stdlib.h>
#include <string.h>

void tracker_free(struct tracker *t) {
    for (size_t i = 0; i < t->table_count; i++) {
        free(t->tables[i].sockets);
        free(t->tables[i].closed);
    }
    free(t->tables);
    free(t->interests);
    free(t->passed);
    free(t->tasks);
}

static uint32_t *descriptor_slot(struct tracker *t, uint32_t table, int fd) {
    struct descriptors *d = &t->tables[table];

    if (fd < 0 || fd >= MAX_DESCRIPTORS)
        return NULL;
    if ((size_t)fd >= d->capacity) {
        size_t capacity = (size_t)fd + 16;
        uint32_t *bigger = reallocarray(d->sockets, capacity, sizeof *bigger);
        bool *closed = reallocarray(d->closed, capacity, sizeof *closed);
        if (!bigger || !closed)
            die(FAILED, "out of memory");
        for (size_t i = d->capacity; i < capacity; i++) {
            bigger[i] = NO_INDEX;
            closed[i] = false;
        }
        d->sockets = bigger;
        d->closed = closed;
        d->capacity = capacity;
    }
    return &d->sockets[fd];
}

static uint32_t new_table(struct tracker *t, uint32_t from) {
    t->tables = grow(t->tables, t->table_count, &t->table_capacity, sizeof *t->tables);
    uint32_t number = (uint32_t)t->table_count++;
    t->tables[number] = (struct descriptors){0};
    if (from == NO_INDEX)
        return number;
    for (size_t fd = 0; fd < t->tables[from].capacity; fd++) {
        uint32_t socket = t->tables[from].sockets[fd];
        if (socket == NO_INDEX)
            continue;
        *descriptor_slot(t, number, (int)fd) = socket;
        t->r->sockets[socket].references++;
    }
    for (size_t i = 0, count = t->interest_count; i < count; i++) {
        if (t->interests[i].table != from)
            continue;
        t->interests = grow(t->interests, t->interest_count, &t->interest_capacity, sizeof *t->interests);
        t->interests[t->interest_count] = t->interests[i];
        t->interests[t->interest_count++].table = number;
    }
    return number;
}

static struct task *find_task(struct tracker *t, int32_t pid) {
    for (size_t i = t->task_count; i-- > 0;)
        if (t->tasks[i].pid == pid)
            return &t->tasks[i];
    return NULL;
}

/** Adds a task; its parent may be NO_INDEX. */
static struct task *add_task(struct tracker *t, int32_t pid, uint32_t table, uint32_t parent, bool is_thread) {
    t->tasks = grow(t->tasks, t->task_count, &t->task_capacity, sizeof *t->tasks);
    uint32_t process = is_thread ? t->tasks[parent].process : (uint32_t)t->task_count;
    t->tasks[t->task_count] = (struct task){
        .pid = pid, .table = table, .parent = parent, .process = process, .born = t->now, .is_thread = is_thread};
    return &t->tasks[t->task_count++];
}

struct task *tracker_task(struct tracker *t, int32_t pid) {
    struct task *task = find_task(t, pid);

    if (task)
        return task;
    return add_task(t, pid, new_table(t, t->task_count ? t->tasks[0].table : NO_INDEX), NO_INDEX, false);
}

void tracker_clone(struct tracker *t, int32_t parent, int32_t child, bool shares, bool is_thread) {
    uint32_t maker = (uint32_t)(tracker_task(t, parent) - t->tasks);
    uint32_t table = t->tasks[maker].table;

    if (t->other_ids || !find_task(t, child))
        add_task(t, child, shares ? table : new_table(t, table), maker, is_thread);
}

bool tracker_recognise(struct tracker *t, int32_t pid) {
    if (find_task(t, pid))
        return true;
    for (size_t i = 0; i < t->task_count; i++)
        if (t->tasks[i].pid < 0) {
            t->tasks[i].pid = pid;
            return true;
        }
    return false;
}

static void drop(struct tracker *t, uint32_t socket, int64_t time) {
    struct socket *s = &t->r->sockets[socket];

    if (s->references == 0 || --s->references > 0)
        return;
    // The kernel goes on with a TCP connection that its program has closed.
    if (strcmp(text_of(t->r, s->type), "TCP") != 0)
        t->r->endpoints[s->current].end = time;
}

bool tracker_exit(struct tracker *t, int32_t pid, int64_t time) {
    struct task task = *tracker_task(t, pid);

    if (task.is_thread)
        return false;
    struct descriptors *d = &t->tables[task.table];
    for (size_t fd = 0; fd < d->capacity; fd++) {
        if (d->sockets[fd] == NO_INDEX)
            continue;
        drop(t, d->sockets[fd], time);
        d->sockets[fd] = NO_INDEX;
    }
    return true;
}

void tracker_open(struct tracker *t, int32_t pid, int fd, uint32_t socket) {
    uint32_t *slot = descriptor_slot(t, tracker_task(t, pid)->table, fd);

    if (!slot)
        return;
    *slot = socket;
    t->tables[tracker_task(t, pid)->table].closed[fd] = false;
    t->r->sockets[socket].references++;
}

void tracker_close(struct tracker *t, int32_t pid, int fd, int64_t time) {
    uint32_t *slot = descriptor_slot(t, tracker_task(t, pid)->table, fd);

    if (!slot || *slot == NO_INDEX)
        return;
    drop(t, *slot, time);
    *slot = NO_INDEX;
    t->tables[tracker_task(t, pid)->table].closed[fd] = true;
}

uint32_t tracker_current(struct tracker *t, int32_t pid, int fd) {
    const struct descriptors *d = &t->tables[tracker_task(t, pid)->table];
    return fd >= 0 && (size_t)fd < d->capacity ? d->sockets[fd] : NO_INDEX;
}

bool tracker_was_socket(struct tracker *t, int32_t pid, int fd) {
    const struct descriptors *d = &t->tables[tracker_task(t, pid)->table];
    return fd >= 0 && (size_t)fd < d->capacity && d->closed[fd];
}

uint32_t tracker_new_socket(struct tracker *t, struct slice type, bool ipv6, int64_t time) {
    struct recording *r = t->r;

    r->sockets = grow(r->sockets, r->socket_count, &r->socket_capacity, sizeof *r->sockets);
    uint32_t number = (uint32_t)r->socket_count++;
    r->sockets[number] = (struct socket){.first = NO_INDEX,
                                         .current = NO_INDEX,
                                         .type = (uint16_t)text_number(r, type),
                                         .maker = t->pid,
                                         .lane = t->lane,
                                         .ipv6 = ipv6};
    socket_change(r, number, 0, 0, time);
    return number;
}

/** Splits "UDPv6:[...]" into the type and what is in brackets. @return false when it is not a socket */
static bool read_annotation(struct slice annotation, struct slice *type, bool *ipv6, struct slice *inside) {
    size_t colon = slice_find(annotation, ":[");

    if (colon == annotation.size || annotation.at[annotation.size - 1] != ']')
        return false;
    *type = (struct slice){annotation.at, colon};
    *inside = (struct slice){annotation.at + colon + 2, annotation.size - colon - 3};
    if (colon == 0 || colon > 24 || type->at[0] < 'A' || type->at[0] > 'Z')
        return false; // "pipe:[123]", "anon_inode:[eventpoll]"
    *ipv6 = slice_starts(slice_skip(*type, colon - (colon > 2 ? 2 : 0)), "v6");
    if (*ipv6)
        type->size -= 2;
    return true;
}

/** Takes over the addresses of a description that strace has not given before. */
static void believe(struct recording *r, uint32_t socket, struct slice inside, bool created) {
    struct address local;
    struct address peer;
    size_t arrow = slice_find(inside, "->");
    struct endpoint *e = &r->endpoints[r->sockets[socket].current];

    if (!address_parse((struct slice){inside.at, arrow}, &local))
        return;
    if (created || address_of(r, e->local)->port == 0 || address_is_any(address_of(r, e->local)))
        e->local = address_number(r, &local);
    if (created && arrow < inside.size && address_parse(slice_skip(inside, arrow + 2), &peer))
        e->peer = address_number(r, &peer);
}

/** A number that stands for a description; never 0. */
static uint32_t description_hash(struct slice s) {
    uint32_t hash = 2166136261u;

    for (size_t i = 0; i < s.size; i++)
        hash = (hash ^ (unsigned char)s.at[i]) * 16777619u;
    return hash | 1;
}

uint32_t tracker_socket(struct tracker *t, int32_t pid, int fd, struct slice annotation, int64_t time) {
    uint32_t *slot = descriptor_slot(t, tracker_task(t, pid)->table, fd);
    struct slice type;
    struct slice inside;
    bool ipv6 = false;

    if (!slot)
        return NO_INDEX;
    if (!read_annotation(annotation, &type, &ipv6, &inside)) {
        // In a trace without descriptions only the calls tell. In others it is a file or a pipe by now.
        bool undescribed = *slot != NO_INDEX && t->r->sockets[*slot].annotation == 0;
        bool is_some_socket = slice_starts(annotation, "socket:["); // strace -y tells no more
        if (is_some_socket && *slot == NO_INDEX)
            tracker_open(t, pid, fd, tracker_new_socket(t, slice_of("OTHER"), false, time));
        return (annotation.size == 0 && undescribed) || is_some_socket ? *slot : NO_INDEX;
    }
    bool created = *slot == NO_INDEX;
    if (created)
        tracker_open(t, pid, fd, tracker_new_socket(t, type, ipv6, time));
    uint32_t socket = *slot;
    uint32_t hash = description_hash(annotation);
    // What has an address is known to strace from then on; the rest it asks for again and again.
    t->asked = hash != t->r->sockets[socket].annotation || slice_find(inside, ":") == inside.size;
    if (hash != t->r->sockets[socket].annotation || created) {
        t->r->sockets[socket].annotation = hash;
        believe(t->r, socket, inside, created);
    }
    return socket;
}
