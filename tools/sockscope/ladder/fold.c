/**
 * @file
 * Folding: rows that only repeat become one that says how often.
 *
 * Waits that find nothing, attempts that would block, equal signals, children that do nothing here.
 */
#include "parts.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_TIMES = (1 << 30) - 1 };                   ///< that an item can count
enum { IDLE_RUN = 3, SIGNAL_RUN = 2, CHILD_RUN = 2 }; ///< how many in a row are worth folding

/** Items of one lane that repeat each other. */
struct run {
    uint32_t event; ///< the first one's
    uint32_t last;  ///< the last one's
    uint32_t times; ///< how many events
    uint32_t least; ///< how many are worth folding
    size_t first;   ///< item that is kept
    size_t end;     ///< last item; of waits, the return of the last
};

/** The folding of one ladder's items. */
struct folding {
    const struct ladder *l;
    struct items *items;
    struct run *runs;
    size_t count;
    size_t capacity;
    uint32_t *run_of; ///< by item, or NO_INDEX
    uint32_t *open;   ///< by lane: the run that goes on, or NO_INDEX
    uint32_t *urgent; ///< by lane: the run of its runtime's signals, or NO_INDEX
    int32_t *busy;    ///< processes that have rows besides their end, in order
    size_t busy_count;
    size_t busy_capacity;
};

static bool is_idle(const struct recording *r, const struct event *e) {
    const struct call *c = &e->call;

    if (e->kind != EVENT_CALL || !c->known)
        return false;
    return (c->is_wait && c->result == 0) || strcmp(text_of(r, c->error), "EAGAIN") == 0;
}

/** Go's runtime interrupts its threads with SIGURG: that says nothing about the program. */
static bool is_urgent(const struct recording *r, const struct event *e) {
    return e->kind == EVENT_SIGNAL && e->end.sender > 0 && strcmp(text_of(r, e->end.name), "SIGURG") == 0;
}

static int by_number(const void *left, const void *right) {
    const int32_t *a = left;
    const int32_t *b = right;

    return (*a > *b) - (*a < *b);
}

/** Collects the processes that have rows of their own. */
static void find_busy(struct folding *f) {
    const struct recording *r = f->l->r;

    for (size_t i = 0; i < f->items->count; i++) {
        const struct event *e = &r->events[f->items->list[i].event];
        if (e->kind == EVENT_PACKET || e->kind == EVENT_START || e->kind == EVENT_EXIT)
            continue;
        f->busy = grow(f->busy, f->busy_count, &f->busy_capacity, sizeof *f->busy);
        f->busy[f->busy_count++] = e->pid;
    }
    if (f->busy_count > 0)
        qsort(f->busy, f->busy_count, sizeof *f->busy, by_number);
}

/** The end of a child that has no other row. */
static bool is_quiet_child(const struct folding *f, const struct event *e) {
    return e->kind == EVENT_EXIT && e->end.is_child && !e->end.name &&
           (f->busy_count == 0 || !bsearch(&e->pid, f->busy, f->busy_count, sizeof *f->busy, by_number));
}

static bool repeats(const struct recording *r, const struct event *first, const struct event *e) {
    if (first->kind != e->kind)
        return false;
    if (e->kind == EVENT_CALL)
        return first->pid == e->pid && first->call.name == e->call.name && first->call.fd == e->call.fd &&
               is_idle(r, first);
    return first->end.name == e->end.name && first->end.status == e->end.status &&
           first->end.wrapper == e->end.wrapper && first->end.is_child == e->end.is_child;
}

static uint32_t new_run(struct folding *f, size_t item, uint32_t least) {
    f->runs = grow(f->runs, f->count, &f->capacity, sizeof *f->runs);
    uint32_t event = f->items->list[item].event;
    f->runs[f->count] =
        (struct run){.event = event, .last = event, .times = 1, .least = least, .first = item, .end = item};
    return (uint32_t)f->count++;
}

static void join_run(struct folding *f, uint32_t *run, size_t item, uint32_t least) {
    const struct recording *r = f->l->r;
    uint32_t event = f->items->list[item].event;

    if (*run == NO_INDEX || !repeats(r, &r->events[f->runs[*run].event], &r->events[event])) {
        *run = new_run(f, item, least);
    } else {
        struct run *now = &f->runs[*run];
        now->times += now->last != event; // a wait's return is not one more
        now->last = event;
        now->end = item;
    }
    f->run_of[item] = *run;
}

static void close_run(struct folding *f, int16_t lane) {
    if (lane >= 0)
        f->open[lane] = NO_INDEX;
}

static void find_run(struct folding *f, size_t item) {
    const struct recording *r = f->l->r;
    const struct event *e = &r->events[f->items->list[item].event];

    if (e->kind == EVENT_START)
        return;
    if (e->kind == EVENT_PACKET) {
        close_run(f, e->packet.from_lane);
        close_run(f, e->packet.to_lane);
        for (size_t i = e->packet.receivers; e->packet.receivers != NO_INDEX && r->receivers[i] != LANE_NONE; i++)
            close_run(f, r->receivers[i]);
    } else if (is_urgent(r, e)) {
        join_run(f, &f->urgent[e->lane], item, SIGNAL_RUN);
    } else if (is_idle(r, e)) {
        join_run(f, &f->open[e->lane], item, IDLE_RUN);
    } else if (e->kind == EVENT_SIGNAL) {
        join_run(f, &f->open[e->lane], item, SIGNAL_RUN);
    } else if (is_quiet_child(f, e)) {
        join_run(f, &f->open[e->lane], item, CHILD_RUN);
    } else {
        close_run(f, e->lane);
    }
}

/** Keeps a run's first item, and of waits the last return. */
static bool is_kept(const struct folding *f, size_t item) {
    const struct run *run = f->run_of[item] == NO_INDEX ? NULL : &f->runs[f->run_of[item]];
    const struct item *list = f->items->list;

    if (!run || run->times < run->least || item == run->first)
        return true;
    return list[run->first].waits && item == run->end && list[item].returns;
}

static void fold(struct folding *f) {
    size_t kept = 0;

    for (size_t i = 0; i < f->items->count; i++) {
        struct item item = f->items->list[i];
        const struct run *run = f->run_of[i] == NO_INDEX ? NULL : &f->runs[f->run_of[i]];
        if (!is_kept(f, i))
            continue;
        if (run && run->times >= run->least)
            item.times = run->times & MAX_TIMES;
        f->items->list[kept++] = item;
    }
    f->items->count = kept;
}

static uint32_t *numbers(size_t count) {
    uint32_t *list = malloc((count + 1) * sizeof *list);

    if (!list)
        die(FAILED, "out of memory");
    memset(list, 0xff, (count + 1) * sizeof *list); // NO_INDEX
    return list;
}

void ladder_fold(const struct ladder *l, struct items *items) {
    struct folding f = {.l = l,
                        .items = items,
                        .run_of = numbers(items->count),
                        .open = numbers(l->r->lane_count),
                        .urgent = numbers(l->r->lane_count)};

    find_busy(&f);
    for (size_t i = 0; i < items->count; i++)
        find_run(&f, i);
    fold(&f);
    free(f.runs);
    free(f.run_of);
    free(f.open);
    free(f.urgent);
    free(f.busy);
}
