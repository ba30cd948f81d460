/**
 * @file
 * The processes of one file of calls: those that use sockets become lanes.
 *
 * A program is often started by others (`sh -c`, env, timeout, nice) that use no socket themselves: its lane has its
 * own name, unless the file was given another one. A process that a lane's process forked has a lane beside it.
 */
#include "processes.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_LANES = 16 }; ///< of one file: nobody can read more; further processes stay with who made them

/** What is known of a process or thread, by its place among the tracker's tasks. */
struct process {
    const struct event *start; ///< its last execve(2), or that of the process that forked it
    const struct event *spoke; ///< the start of the program that used a socket first
    bool heard;                ///< an event of it was seen
    bool talks;                ///< it uses sockets
    bool wraps;                ///< it has no lane, and started a process that has one
    int16_t lane;
    uint8_t thread;  ///< where it uses sockets: its number, of a process itself 1
    uint8_t last;    ///< of a process: the last number of its threads
    uint8_t threads; ///< of a process: how many of its threads use sockets
};

/** The work on one file. */
struct work {
    const struct tracker *t;
    struct recording *r;
    struct process *list;
    uint32_t *by_pid; ///< tasks, sorted by their ids; of equal ids the later first
    size_t first;     ///< event
    int lanes;        ///< how many the file has
};

static int by_pid(const void *left, const void *right, void *tracker) {
    const struct tracker *t = tracker;
    const uint32_t *a = left;
    const uint32_t *b = right;
    int32_t x = t->tasks[*a].pid;
    int32_t y = t->tasks[*b].pid;

    return x != y ? (x > y) - (x < y) : (*a < *b) - (*a > *b);
}

/** The task of a process id, or NO_INDEX. */
static uint32_t task_of(const struct work *w, int32_t pid) {
    size_t low = 0;
    size_t high = w->t->task_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (w->t->tasks[w->by_pid[middle]].pid < pid)
            low = middle + 1;
        else
            high = middle;
    }
    return low < w->t->task_count && w->t->tasks[w->by_pid[low]].pid == pid ? w->by_pid[low] : NO_INDEX;
}

/** Calls that every child may do with what it inherited, before it does something else. */
static bool only_tidies(const char *name) {
    static const char *const names[] = {"close", "fcntl", "dup", "dup2", "dup3", "ioctl"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

static bool uses_socket(const struct recording *r, const struct event *e) {
    const char *name = text_of(r, e->call.name);

    if (e->kind != EVENT_CALL)
        return false;
    bool refused = strcmp(name, "socket") == 0 && e->call.endpoint == NO_INDEX && e->payload_size > 7 &&
                   (memcmp(e->payload, "AF_INET", 7) == 0 || memcmp(e->payload, "AF_PACK", 7) == 0);
    return refused || (is_on_network(r, call_socket(r, &e->call)) && !only_tidies(name));
}

/** Who runs which program, and which processes and threads use sockets. */
static void find_talkers(const struct work *w) {
    const struct recording *r = w->r;

    for (size_t i = w->first; i < r->event_count; i++) {
        const struct event *e = &r->events[i];
        uint32_t task = task_of(w, e->pid);
        if (task == NO_INDEX)
            continue;
        uint32_t number = w->t->tasks[task].process;
        struct process *p = &w->list[number];
        uint32_t parent = w->t->tasks[number].parent;
        if (!p->heard && parent != NO_INDEX)
            p->start = w->list[w->t->tasks[parent].process].start;
        p->heard = true;
        if (e->kind == EVENT_START)
            p->start = e;
        if (!uses_socket(r, e))
            continue;
        if (!p->talks)
            p->spoke = p->start;
        p->talks = true;
        if (w->list[task].thread > 0 || p->last + 1 == THREAD_OTHER)
            continue;
        p->last = p->last < 1 ? 1 : p->last;
        w->list[task].thread = task == number ? 1 : ++p->last;
        p->threads++;
    }
}

/** The last part of a program's path. */
static struct slice program_of(const struct event *start) {
    struct slice path = start ? (struct slice){start->payload, start->payload_size} : slice_of("");
    const char *slash = path.size ? memrchr(path.at, '/', path.size) : NULL;

    return slash ? slice_skip(path, (size_t)(slash - path.at) + 1) : path;
}

static bool same(struct slice a, struct slice b) {
    return a.size == b.size && memcmp(a.at, b.at, a.size) == 0;
}

/** Tells whether a program was called by this name, or is the interpreter of this file. */
static bool is_called(const struct event *start, const struct event *first, struct slice name) {
    struct slice rest = {start->start.arguments, start->start.size};
    struct slice path = {first->payload, first->payload_size};
    struct buffer argument = {0};
    bool found = false;

    for (int i = 0; rest.size > 1 && !found; i++) {
        rest = slice_skip(rest, 1); // the bracket, or the blank after a comma
        argument.size = 0;
        strace_unquote(rest, &argument);
        struct slice given = {argument.at, argument.size};
        const struct event called = {.payload = argument.at, .payload_size = (uint32_t)argument.size};
        found = given.size > 0 && ((i == 0 && same(program_of(&called), name)) || (i > 0 && same(given, path)));
        rest = slice_skip(rest, strace_quoted(rest));
        rest = slice_skip(rest, slice_find(rest, " "));
    }
    buffer_free(&argument);
    return found;
}

static const struct event *first_start(const struct work *w) {
    for (size_t i = w->first; i < w->r->event_count; i++)
        if (w->r->events[i].kind == EVENT_START)
            return &w->r->events[i];
    return NULL;
}

/** The file's own lane: it has the file's name, unless that is only a wrapper's. */
static void name_own(const struct work *w, const struct process *talker) {
    int16_t lane = w->t->lane;
    const struct event *first = first_start(w);
    const struct event *start = talker ? talker->spoke : first;
    struct slice file = slice_of(w->r->lanes[lane].file);
    struct slice name = program_of(start);

    w->r->lanes[lane].runs = text_number(w->r, name);
    if (start && name.size > 0 && first && same(program_of(first), file) && !same(name, file) &&
        !is_called(start, first, file))
        lane_rename(w->r, lane, name);
}

/** The next process above that has a lane, or NO_INDEX. */
static uint32_t lane_above(const struct work *w, uint32_t task) {
    for (uint32_t up = w->t->tasks[task].parent; up != NO_INDEX; up = w->t->tasks[up].parent) {
        up = w->t->tasks[up].process;
        if (w->list[up].talks)
            return up;
    }
    return NO_INDEX;
}

/** A lane for a process besides the file's own one. */
static int16_t add_lane(struct work *w, uint32_t task) {
    struct recording *r = w->r;
    uint32_t above = lane_above(w, task);
    int16_t beside = above == NO_INDEX ? w->t->lane : w->list[above].lane;
    struct slice name = program_of(w->list[task].spoke);

    if (w->lanes == MAX_LANES)
        return beside;
    w->lanes++;
    int16_t lane = recording_lane(r, slice_of(r->lanes[w->t->lane].file));
    uint32_t runs = text_number(r, name);
    int16_t program = above != NO_INDEX && runs == r->lanes[beside].runs ? r->lanes[beside].program : lane;
    r->lanes[lane].runs = runs;
    r->lanes[lane].program = program;
    r->lanes[lane].parent = above == NO_INDEX ? LANE_NONE : beside;
    r->lanes[lane].host = r->lanes[w->t->lane].host;
    r->lanes[lane].begin = w->t->tasks[task].born;
    r->lanes[lane].traced = true;
    lane_rename(r, lane, program == lane && name.size > 0 ? name : slice_of(r->lanes[program].name));
    return lane;
}

/** The process whose lane is the file's own: the first program, or else the first process that uses a socket. */
static uint32_t owner_of(const struct work *w) {
    uint32_t owner = NO_INDEX;

    for (uint32_t i = 0; i < w->t->task_count; i++) {
        const struct task *task = &w->t->tasks[i];
        if (!w->list[i].talks)
            continue;
        if (task->parent == NO_INDEX)
            return i;
        if (owner == NO_INDEX)
            owner = i;
    }
    return owner;
}

/** Those above a process that has a lane, up to the next one that has one, too. */
static void mark_wrappers(struct work *w, uint32_t task) {
    for (uint32_t up = w->t->tasks[task].parent; up != NO_INDEX; up = w->t->tasks[up].parent) {
        up = w->t->tasks[up].process;
        if (w->list[up].talks || w->list[up].wraps)
            return;
        w->list[up].wraps = true;
    }
}

/** A process without a parent is the same program, started again. */
static void give_lanes(struct work *w) {
    uint32_t owner = owner_of(w);

    name_own(w, owner == NO_INDEX ? NULL : &w->list[owner]);
    w->lanes = 1;
    for (uint32_t i = 0; i < w->t->task_count; i++) {
        const struct task *task = &w->t->tasks[i];
        uint32_t above = lane_above(w, i);
        if (task->is_thread)
            w->list[i].lane = w->list[task->process].lane;
        else if (!w->list[i].talks)
            w->list[i].lane = above == NO_INDEX ? w->t->lane : w->list[above].lane;
        else
            w->list[i].lane = i == owner || task->parent == NO_INDEX ? w->t->lane : add_lane(w, i);
    }
    for (uint32_t i = 0; i < w->t->task_count; i++)
        if (w->list[i].talks)
            mark_wrappers(w, i);
}

/** What a process does that has no lane says who it was. */
static void tell_other(const struct work *w, uint32_t task, struct event *e) {
    const struct process *p = &w->list[task];
    bool is_child = !p->wraps && w->t->tasks[task].parent != NO_INDEX;

    if (p->talks || (!p->wraps && !is_child))
        return;
    if (e->kind == EVENT_EXIT || e->kind == EVENT_SIGNAL) {
        e->end.wrapper = p->wraps ? text_number(w->r, program_of(p->start)) : 0;
        e->end.is_child = is_child;
    } else {
        e->thread = THREAD_OTHER;
    }
}

/** A process that chose a port serves. */
static void tell_port(struct recording *r, const struct event *e) {
    bool bound = e->kind == EVENT_CALL && strcmp(text_of(r, e->call.name), "bind") == 0 && e->call.known &&
                 e->call.result == 0 && e->call.endpoint != NO_INDEX;

    if (bound && address_of(r, e->call.to)->port != 0)
        r->lanes[e->lane].serves = true;
}

static void tell_events(const struct work *w) {
    struct recording *r = w->r;

    for (size_t i = w->first; i < r->event_count; i++) {
        struct event *e = &r->events[i];
        uint32_t task = task_of(w, e->pid);
        if (task == NO_INDEX)
            continue;
        const struct process *process = &w->list[w->t->tasks[task].process];
        e->lane = w->list[task].lane;
        if (e->time < r->lanes[e->lane].begin)
            r->lanes[e->lane].begin = e->time;
        if (process->threads > 1 && w->list[task].thread > 1)
            e->thread = w->list[task].thread;
        tell_other(w, w->t->tasks[task].process, e);
        tell_port(r, e);
    }
}

/** A socket is its maker's, also where others use it. */
static void tell_sockets(const struct work *w, size_t first) {
    for (size_t i = first; i < w->r->socket_count; i++) {
        uint32_t task = task_of(w, w->r->sockets[i].maker);
        if (task != NO_INDEX)
            w->r->sockets[i].lane = w->list[task].lane;
    }
}

void processes_become_lanes(const struct tracker *t, size_t event, size_t socket) {
    struct work w = {.t = t, .r = t->r, .first = event};

    w.list = calloc(t->task_count + 1, sizeof *w.list);
    w.by_pid = calloc(t->task_count + 1, sizeof *w.by_pid);
    if (!w.list || !w.by_pid)
        die(FAILED, "out of memory");
    for (uint32_t i = 0; i < t->task_count; i++)
        w.by_pid[i] = i;
    if (t->task_count > 0)
        qsort_r(w.by_pid, t->task_count, sizeof *w.by_pid, by_pid, (void *)(uintptr_t)t);
    find_talkers(&w);
    give_lanes(&w);
    tell_events(&w);
    tell_sockets(&w, socket);
    free(w.list);
    free(w.by_pid);
}
