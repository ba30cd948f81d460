/**
 * @file
 * From items to rows: what each of them says, and what each column does at that time.
 */
#include "ladder.h"

#include "parts.h"

#include <stdlib.h>
#include <string.h>

enum {
    GAP_NS = 20000000,
    FORGET = 1 << 16, ///< rows after which the files of a long recording leave the memory again
};

/** The building of a ladder. */
struct builder {
    struct ladder *l;
    struct items items;
    uint8_t *lines; ///< what each column's line looks like now
    int *waits;     ///< how many calls wait in each column
    bool *begun;    ///< columns of children that have begun
};

/** What the columns look like now; rows in which nothing changed share it. */
static uint32_t keep_lines(struct builder *b) {
    struct ladder *l = b->l;
    size_t size = l->column_count;

    if (l->lines.size < size || memcmp(l->lines.at + l->lines.size - size, b->lines, size) != 0)
        buffer_add(&l->lines, b->lines, size);
    return (uint32_t)(l->lines.size - size);
}

static struct row *add_row(struct builder *b, enum row_kind kind, int64_t time, int16_t column) {
    struct ladder *l = b->l;

    uint32_t lines = keep_lines(b);
    l->rows = grow(l->rows, l->row_count, &l->row_capacity, sizeof *l->rows);
    struct row *row = &l->rows[l->row_count++];
    *row = (struct row){.kind = (uint8_t)kind,
                        .time = time,
                        .column = column,
                        .timed = kind == ROW_POINT || kind == ROW_ARROW,
                        .others = NO_INDEX,
                        .event = NO_INDEX,
                        .lines = lines};
    return row;
}

static void add_note(struct builder *b, int64_t time, int16_t column, uint32_t text) {
    if (!text)
        return;
    struct row *row = add_row(b, ROW_NOTE, time, column);
    row->texts[0] = text;
    row->tone = TONE_QUIET;
}

static void put_call(struct builder *b, const struct item *item, const struct event *e) {
    struct ladder *l = b->l;
    int16_t column = ladder_column(l, e->lane);
    bool failed = e->call.known && e->call.result < 0;

    if (b->lines[column] == LINE_NONE)
        b->lines[column] = LINE_ALIVE; // the recording began in the middle
    if (item->returns && --b->waits[column] == 0)
        b->lines[column] = LINE_ALIVE;
    uint32_t text = label_call(l, item);
    struct row *row = add_row(b, ROW_POINT, item->time, column);
    row->texts[0] = text;
    row->event = item->event;
    row->mark = item->waits ? MARK_WAITS : failed ? MARK_ERROR : MARK_OK;
    row->tone = item->waits ? TONE_QUIET : failed ? TONE_ERROR : TONE_PLAIN;
    if (!e->call.finished)
        row->mark = MARK_WAITS;
    if (item->waits) {
        b->waits[column]++;
        b->lines[column] = LINE_WAITS;
    } else {
        uint32_t notes[LABEL_NOTES];
        size_t count = label_call_notes(l, item->event, notes);
        for (size_t i = 0; i < count; i++)
            add_note(b, item->time, column, notes[i]);
    }
}

/** More receivers of a broadcast: a list that ends with -1. */
static uint32_t other_columns(struct ladder *l, const struct packet *p) {
    if (p->receivers == NO_INDEX)
        return NO_INDEX;
    uint32_t begin = (uint32_t)l->other_count;
    for (size_t i = p->receivers;; i++) {
        int16_t lane = l->r->receivers[i];
        int16_t column = lane == LANE_NONE ? -1 : ladder_column(l, lane);
        if (lane != LANE_NONE && column < 0)
            continue;
        l->others = grow(l->others, l->other_count, &l->other_capacity, sizeof *l->others);
        l->others[l->other_count++] = column;
        if (lane == LANE_NONE)
            return begin;
    }
}

static void put_packet(struct builder *b, const struct item *item, const struct event *e) {
    struct ladder *l = b->l;
    int16_t from = ladder_column(l, e->packet.from_lane);
    int16_t to = ladder_column(l, e->packet.to_lane);

    if (from < 0 || to < 0)
        return;
    struct row *row = add_row(b, ROW_ARROW, item->time, from);
    size_t index = l->row_count - 1;
    row->to_column = to;
    row->event = item->event;
    row->dashed = e->packet.proto == PROTO_ICMP || e->packet.proto == PROTO_ICMPV6;
    row->dead = e->packet.to_lane == LANE_NOBODY;
    row->tone = e->packet.about != NO_INDEX || (e->packet.proto == PROTO_TCP && e->packet.flags & TCP_RST) ? TONE_ERROR
                                                                                                           : TONE_PLAIN;
    struct row copy = *row;
    label_packet(l, e, &copy);
    copy.others = other_columns(l, &e->packet);
    l->rows[index] = copy;
    uint32_t note = label_packet_note(l, e);
    add_note(b, item->time, to, note);
}

/** Whose end it is, or whose signal, when it is another process than the lane's own. */
static void put_whose(const struct recording *r, const struct event *e, struct buffer *text) {
    if (e->end.wrapper && e->end.wrapper == r->lanes[e->lane].runs)
        buffer_text(text, "its parent: ");
    else if (e->end.wrapper)
        buffer_format(text, "%s: ", text_of(r, e->end.wrapper));
    else if (e->end.is_child)
        buffer_text(text, "a child: ");
}

/** `exit 1`, `killed by SIGTERM` */
static void put_exit(const struct recording *r, const struct event *e, uint32_t times, struct buffer *text) {
    const char *name = text_of(r, e->end.name);

    if (times > 1)
        buffer_format(text, "%u children: ", times);
    else
        put_whose(r, e, text);
    if (*name)
        buffer_format(text, "killed by %s", name);
    else
        buffer_format(text, "exit %lld", (long long)e->end.status);
}

/** The end of a program names the signal that ended it: no row of its own. */
static bool is_last_word(const struct builder *b, const struct item *item) {
    const struct event *e = &b->l->r->events[item->event];

    for (const struct item *i = item + 1; i < b->items.list + b->items.count; i++) {
        const struct event *next = &b->l->r->events[i->event];
        if (next->kind != EVENT_PACKET && next->lane == e->lane)
            return next->kind == EVENT_EXIT && next->end.name == e->end.name && next->pid == e->pid;
    }
    return false;
}

static void put_end(struct builder *b, const struct item *item, const struct event *e) {
    struct ladder *l = b->l;
    int16_t column = ladder_column(l, e->lane);
    struct buffer text = {0};
    const char *name = text_of(l->r, e->end.name);

    if (e->kind == EVENT_SIGNAL && is_last_word(b, item))
        return;
    if (e->kind == EVENT_SIGNAL)
        put_whose(l->r, e, &text);
    if (e->kind == EVENT_SIGNAL)
        buffer_format(&text, item->times > 1 ? "%s arrives, %u" HARD "times" : "%s arrives", name, item->times);
    else
        put_exit(l->r, e, item->times, &text);
    struct row *row = add_row(b, ROW_POINT, item->time, column);
    row->event = item->event;
    row->mark = e->kind == EVENT_SIGNAL ? MARK_SIGNAL : MARK_END;
    row->tone = *name && e->kind == EVENT_EXIT ? TONE_ERROR : TONE_QUIET;
    size_t index = l->row_count - 1;
    uint32_t kept = ladder_keep(l, &text);
    l->rows[index].texts[0] = kept;
    if (e->kind != EVENT_EXIT)
        return;
    bool is_last = true; // the lane ends with its last process
    for (const struct item *i = item + 1; i < b->items.list + b->items.count && is_last; i++)
        is_last = l->r->events[i->event].lane != e->lane;
    if (is_last) {
        b->lines[column] = LINE_NONE;
        b->waits[column] = 0;
    }
}

/** Much time without anything to show: a row of its own makes the waiting
 * visible. */
static void put_gap(struct builder *b, int64_t since, int64_t until) {
    struct buffer text = {0};
    int16_t column = -1;

    for (size_t i = 0; i < b->l->column_count; i++)
        if (b->lines[i] == LINE_WAITS && column < 0)
            column = (int16_t)i;
    struct row *row = add_row(b, ROW_GAP, since, column);
    size_t index = b->l->row_count - 1;
    row->tone = TONE_QUIET;
    label_duration(&text, until - since);
    buffer_text(&text, column < 0 ? " pass" : "");
    uint32_t kept = ladder_keep(b->l, &text);
    b->l->rows[index].texts[0] = kept;
}

/** A process that another one forked is there before its first row. */
static void begin_children(struct builder *b, int64_t time) {
    const struct recording *r = b->l->r;

    for (size_t i = 0; i < b->l->column_count; i++) {
        int16_t lane = b->l->columns[i].lane;
        if (lane >= 0 && r->lanes[lane].parent >= 0 && !b->begun[i] && r->lanes[lane].begin <= time) {
            b->lines[i] = LINE_ALIVE;
            b->begun[i] = true;
        }
    }
}

static void put_items(struct builder *b) {
    const struct recording *r = b->l->r;
    int64_t last = 0;

    for (size_t i = 0; i < b->items.count; i++) {
        const struct item *item = &b->items.list[i];
        const struct event *e = &r->events[item->event];
        if (e->kind == EVENT_START) { // the line begins; there is nothing else to say
            if (b->lines[ladder_column(b->l, e->lane)] == LINE_NONE)
                b->lines[ladder_column(b->l, e->lane)] = LINE_ALIVE;
            continue;
        }
        if (b->l->row_count == 0)
            b->l->start = item->time;
        else if (item->time - last > GAP_NS)
            put_gap(b, last, item->time);
        last = item->time;
        if (i % FORGET == 0)
            recording_forget_files(r);
        begin_children(b, item->time);
        if (e->kind == EVENT_CALL)
            put_call(b, item, e);
        else if (e->kind == EVENT_PACKET)
            put_packet(b, item, e);
        else
            put_end(b, item, e);
    }
}

static bool matters(const struct ladder *l, const struct row *row) {
    for (int i = 0; i < 3 && row->texts[i]; i++) {
        char *text = strdup(ladder_text(l, row->texts[i]));
        if (!text)
            die(FAILED, "out of memory");
        for (char *blank = text; (blank = strchr(blank, *HARD));)
            *blank = ' ';
        bool found = strstr(text, l->options.around) != NULL;
        free(text);
        if (found)
            return true;
    }
    return false;
}

/** Keeps only the rows near those that have the text of `options.around`. */
static void cut_rows(struct ladder *l) {
    bool *keep = calloc(l->row_count + 1, sizeof *keep);
    size_t kept = 0;
    size_t near = (size_t)l->options.near;

    if (!keep)
        die(FAILED, "out of memory");
    for (size_t i = 0; i < l->row_count; i++) {
        if (!matters(l, &l->rows[i]))
            continue;
        size_t first = i > near ? i - near : 0;
        for (size_t k = first; k < l->row_count && k <= i + near; k++)
            keep[k] = true;
    }
    for (size_t i = 0; i < l->row_count; i++) {
        if (keep[i]) {
            l->rows[kept++] = l->rows[i];
        } else if (i == 0 || keep[i - 1]) { // one row stands for all that are left out
            struct row cut = l->rows[i];
            cut.kind = ROW_CUT;
            cut.timed = false;
            cut.texts[0] = 0;
            l->rows[kept++] = cut;
        }
    }
    l->row_count = kept;
    free(keep);
}

/** Finds the programs that use sockets at more than one descriptor. */
static void find_several(struct ladder *l) {
    const struct recording *r = l->r;
    int32_t *first = calloc(r->lane_count + 1, sizeof *first);

    l->several = calloc(r->lane_count + 1, sizeof *l->several);
    if (!first || !l->several)
        die(FAILED, "out of memory");
    for (size_t i = 0; i < r->event_count; i++) {
        const struct event *e = &r->events[i];
        if (e->kind != EVENT_CALL || e->lane < 0 || e->call.fd < 0 || !is_on_network(r, call_socket(r, &e->call)))
            continue;
        l->several[e->lane] = l->several[e->lane] || (first[e->lane] && first[e->lane] != e->call.fd + 1);
        first[e->lane] = e->call.fd + 1;
    }
    free(first);
}

bool ladder_build(const struct recording *r, const struct ladder_options *options, struct ladder *l) {
    struct builder b = {.l = l};

    *l = (struct ladder){.r = r, .options = *options};
    l->addresses = calloc(r->addresses.count + 1, sizeof *l->addresses);
    l->ports = calloc(r->addresses.count + 1, sizeof *l->ports);
    if (!l->addresses || !l->ports)
        die(FAILED, "out of memory");
    find_several(l);
    if (!ladder_add_columns(l))
        return false;
    b.lines = calloc(l->column_count + 1, 1);
    b.waits = calloc(l->column_count + 1, sizeof *b.waits);
    b.begun = calloc(l->column_count + 1, sizeof *b.begun);
    if (!b.lines || !b.waits || !b.begun)
        die(FAILED, "out of memory");
    for (size_t i = 0; i < l->column_count; i++)
        if (l->columns[i].lane < 0)
            b.lines[i] = LINE_NOBODY;
        else if (l->r->lanes[l->columns[i].lane].begin == INT64_MAX)
            b.lines[i] = LINE_ALIVE; // a machine, of which only packets are known
    ladder_count_hidden(l);
    ladder_collect(l, &b.items);
    ladder_fold(l, &b.items);
    put_items(&b);
    free(b.items.list);
    free(b.lines);
    free(b.waits);
    free(b.begun);
    if (options->around)
        cut_rows(l);
    return true;
}
