/**
 * @file
 * A file of strace's output becomes events. Calls of several processes are interleaved in it: one that is
 * interrupted by another's stands in two lines, which are joined again here.
 */
#include "calls.h"

#include "processes.h"
#include "wrapping.h"

#include <stdlib.h>
#include <string.h>

/** The options with which strace writes what is read here. */
#define OPTIONS "strace -f -ttt -T -yy -s 65536 -o FILE"

/** A call whose end has not come yet. */
struct pending {
    int32_t pid;
    size_t event; ///< SIZE_MAX when the call is not wanted on the timeline
    int64_t begin;
    struct slice name;
    struct slice arguments;
    bool announced; ///< its child has been heard of
};

/** The reading of one file. */
struct reading {
    struct tracker tracker;
    struct pending *pending;
    size_t pending_count;
    size_t pending_capacity;
    const char *path;
    size_t line;
    struct wrapping wrapping; ///< what comes before the program
    size_t unreadable;
    bool relative; ///< the times are not since 1970
    bool raw;      ///< there are numbers where names should be
    size_t first_unreadable;
    struct slice unreadable_text;
};

static bool is_clone(struct slice name) {
    return slice_is(name, "clone") || slice_is(name, "clone3") || slice_is(name, "fork") || slice_is(name, "vfork");
}

static struct event *add_event(struct reading *in, enum event_kind kind, int64_t time, int32_t pid) {
    struct event *e = recording_add(in->tracker.r, kind, time);

    e->lane = in->tracker.lane;
    e->pid = pid;
    return e;
}

enum { LONGEST_QUESTION_NS = 20000000, ASKING_NS = 100000 };

static uint32_t capped(int64_t nanoseconds) {
    return nanoseconds < 0 ? 0 : nanoseconds > LONGEST_QUESTION_NS ? LONGEST_QUESTION_NS : (uint32_t)nanoseconds;
}

/**
 * strace stamps a call, asks the kernel about its socket, and only then begins to measure: such a call
 * returned later than its duration says, at most when its process is heard of again.
 */
static void settle(struct reading *in, int32_t pid, int64_t now) {
    struct task *task = tracker_task(&in->tracker, pid);

    if (task->asked == 0)
        return;
    struct event *e = &in->tracker.r->events[task->asked - 1];
    bool tcp = strcmp(text_of(in->tracker.r, call_socket(in->tracker.r, &e->call)->type), "TCP") == 0;
    uint32_t late = capped(now - e->time - e->call.duration);
    // For TCP the kernel may even look for a module; for UDP the answer takes some ten microseconds.
    e->call.late = tcp || late < ASKING_NS ? late : ASKING_NS;
    task->asked = 0;
}

/** Calls that may wait for something. */
static bool may_wait(const struct recording *r, const struct call *c) {
    static const char *const names[] = {"recv", "accept", "connect", "read", "send", "write"};
    const char *name = text_of(r, c->name);

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strncmp(name, names[i], strlen(names[i])) == 0)
            return true;
    return c->is_wait;
}

/** Without strace's option -T a call that waited is over when its process is heard of again. */
static void settle_untimed(struct reading *in, int32_t pid, int64_t now) {
    struct task *task = tracker_task(&in->tracker, pid);

    if (task->untimed == 0)
        return;
    struct event *e = &in->tracker.r->events[task->untimed - 1];
    if (may_wait(in->tracker.r, &e->call) && now >= e->time)
        e->call.duration = now - e->time;
    task->untimed = 0;
}

/** Fills the event of a call, which may have no end yet. */
static void put_call(struct reading *in, const struct strace_line *line, size_t *index, int64_t begin) {
    struct recording *r = in->tracker.r;
    struct event scratch = {.kind = EVENT_CALL, .time = begin, .lane = in->tracker.lane, .pid = (int32_t)line->pid};

    if (slice_is(line->name, "execve") || is_clone(line->name)) {
        struct strace_result result = strace_parse_result(line->result);
        scratch.call.result = result.value;
        scratch.call.known = result.known;
    } else {
        call_decode(r, line, &scratch);
    }
    if (line->duration >= 0 && line->time > begin + line->duration) // a resumed line tells when the call returned
        scratch.call.late = capped(line->time - begin - line->duration);
    int64_t end = line->duration >= 0 ? begin + line->duration : line->time;
    call_effects(&in->tracker, line, &scratch, begin, end);
    if (is_clone(line->name) || slice_is(line->name, "execve"))
        return;
    if (*index == SIZE_MAX) {
        bool was_socket = tracker_was_socket(&in->tracker, scratch.pid, scratch.call.fd);
        if (!call_wanted(line, &scratch.call, was_socket))
            return;
        add_event(in, EVENT_CALL, begin, scratch.pid);
        *index = r->event_count - 1;
    }
    r->events[*index] = scratch;
    if (line->kind == STRACE_CALL && line->duration < 0)
        tracker_task(&in->tracker, scratch.pid)->untimed = *index + 1;
    if (in->tracker.asked && line->kind == STRACE_CALL)
        tracker_task(&in->tracker, scratch.pid)->asked = *index + 1;
}

/** execve: the program begins. Only a call that worked starts one. */
static void put_start(struct reading *in, const struct strace_line *line, int64_t begin) {
    struct slice parts[STRACE_ARGUMENTS] = {0};
    struct buffer program = {0};

    if (!slice_is(line->name, "execve") || line->kind != STRACE_CALL || strace_parse_result(line->result).value != 0)
        return;
    if (strace_split(line->arguments, parts) > 0)
        strace_unquote(parts[0], &program);
    struct event *e = add_event(in, EVENT_START, begin, (int32_t)line->pid);
    e->payload = keep_bytes(in->tracker.r, program.at, program.size);
    e->payload_size = (uint32_t)program.size;
    e->start = (struct beginning){keep_bytes(in->tracker.r, parts[1].at, parts[1].size), (uint32_t)parts[1].size};
    buffer_free(&program);
}

static void put_unfinished(struct reading *in, const struct strace_line *line) {
    in->pending = grow(in->pending, in->pending_count, &in->pending_capacity, sizeof *in->pending);
    struct pending *p = &in->pending[in->pending_count++];
    *p = (struct pending){(int32_t)line->pid, SIZE_MAX, line->time, line->name, line->arguments, false};
    if (!is_clone(line->name) && !slice_is(line->name, "execve"))
        put_call(in, line, &p->event, line->time);
}

/** A process that is new here: the child of a fork that has not returned yet. */
static void announce(struct reading *in, int32_t pid) {
    if (in->tracker.other_ids && tracker_recognise(&in->tracker, pid))
        return;
    for (size_t i = in->pending_count; i-- > 0;) {
        struct pending *p = &in->pending[i];
        if (!is_clone(p->name) || p->pid == pid || (in->tracker.other_ids && p->announced))
            continue;
        p->announced = true;
        bool threads = slice_find(p->arguments, "CLONE_THREAD") < p->arguments.size;
        bool shares = slice_find(p->arguments, "CLONE_FILES") < p->arguments.size;
        tracker_clone(&in->tracker, p->pid, pid, shares, threads);
        return;
    }
}

static void put_resumed(struct reading *in, struct strace_line *line) {
    struct buffer joined = {0};
    size_t i = in->pending_count;

    while (i-- > 0)
        if (in->pending[i].pid == line->pid && in->pending[i].name.size == line->name.size &&
            memcmp(in->pending[i].name.at, line->name.at, line->name.size) == 0)
            break;
    if (i == SIZE_MAX)
        return; // its beginning was not recorded
    struct pending p = in->pending[i];
    in->pending[i] = in->pending[--in->pending_count];
    buffer_add(&joined, p.arguments.at, p.arguments.size);
    buffer_add(&joined, line->arguments.at, line->arguments.size);
    int64_t end = line->time;
    strace_parse_body((struct slice){joined.at, joined.size}, line);
    if (line->kind == STRACE_CALL && line->duration < 0 && end >= p.begin)
        line->duration = end - p.begin;
    put_start(in, line, p.begin);
    if (!in->tracker.other_ids || !p.announced)
        put_call(in, line, &p.event, p.begin);
    buffer_free(&joined);
}

static void put_end(struct reading *in, const struct strace_line *line) {
    int32_t pid = (int32_t)line->pid;

    if (!tracker_exit(&in->tracker, pid, line->time))
        return; // a thread: the program goes on
    uint32_t name = text_number(in->tracker.r, line->name);
    struct event *e = add_event(in, EVENT_EXIT, line->time, pid);
    e->end.status = line->status;
    e->end.name = name;
}

static void put_signal(struct reading *in, const struct strace_line *line) {
    int64_t sender = 0;
    struct slice pid = strace_member(line->arguments, "si_pid");
    uint32_t name = text_number(in->tracker.r, line->name);
    struct event *e = add_event(in, EVENT_SIGNAL, line->time, (int32_t)line->pid);

    e->end.name = name;
    e->end.sender = slice_number(pid, &sender, NULL) ? (int32_t)sender : 0;
}

static void put_unreadable(struct reading *in, struct slice text) {
    if (in->unreadable++ > 0)
        return;
    in->first_unreadable = in->line;
    in->unreadable_text = text;
}

/** Before this, in seconds since 1970, no trace was made: such times count from another beginning. */
enum { EARLIEST_SECOND = 100000000 };

/** The output of strace -X raw has numbers where names should be. */
static bool is_raw(const struct strace_line *line) {
    return slice_is(line->name, "socket") && line->arguments.size > 0 && line->arguments.at[0] >= '0' &&
           line->arguments.at[0] <= '9';
}

/** With -X verbose the names stand in comments; with -k a stack follows each call. */
static struct slice plain_line(struct reading *in, struct slice text) {
    struct buffer named = {0};

    if (slice_starts(text, " > ") || text.at[0] == '#')
        return (struct slice){text.at, 0};
    if (strace_name_numbers(text, &named))
        text = (struct slice){keep_bytes(in->tracker.r, named.at, named.size), named.size};
    buffer_free(&named);
    return text;
}

static void put_line(struct reading *in, struct slice text, bool is_last) {
    struct strace_line line;
    size_t index = SIZE_MAX;

    if (slice_trim(text).size == 0 || in->raw)
        return;
    text = plain_line(in, text);
    if (text.size == 0)
        return;
    strace_parse(text, &line);
    if (line.time < 0 || line.kind == STRACE_UNKNOWN) {
        if (!is_last) // a last line without its newline is one that is still being written
            put_unreadable(in, text);
        return;
    }
    if (line.time < EARLIEST_SECOND * INT64_C(1000000000)) {
        in->relative = true;
        return;
    }
    if (is_raw(&line)) {
        in->raw = true;
        return;
    }
    if (wrapping_skips(&in->wrapping, &line))
        return;
    in->tracker.r->lanes[in->tracker.lane].traced = true;
    in->tracker.now = line.time;
    in->tracker.pid = (int32_t)line.pid;
    if (line.kind != STRACE_RESUMED)
        announce(in, (int32_t)line.pid);
    settle(in, (int32_t)line.pid, line.time);
    settle_untimed(in, (int32_t)line.pid, line.time);
    if (line.kind == STRACE_CALL) {
        put_start(in, &line, line.time);
        put_call(in, &line, &index, line.time);
    } else if (line.kind == STRACE_UNFINISHED) {
        put_unfinished(in, &line);
    } else if (line.kind == STRACE_RESUMED) {
        put_resumed(in, &line);
    } else if (line.kind == STRACE_SIGNAL) {
        put_signal(in, &line);
    } else if (line.kind == STRACE_EXITED || line.kind == STRACE_KILLED) {
        put_end(in, &line);
    }
}

void calls_read(struct recording *r, int16_t lane, const char *path, struct slice content) {
    struct reading in = {.tracker = {.r = r, .lane = lane}, .path = path, .wrapping = wrapping_of(content)};

    size_t first_event = r->event_count;
    size_t first_socket = r->socket_count;

    in.tracker.other_ids = in.wrapping.execs_before > 0;
    while (content.size > 0) {
        size_t length = slice_find(content, "\n");
        in.line++;
        put_line(&in, (struct slice){content.at, length}, length == content.size);
        content = slice_skip(content, length + 1);
    }
    if (in.unreadable > 0)
        complain("%s: line %zu is not one that strace writes with times: '%.*s'%s%s", path, in.first_unreadable,
                 (int)(in.unreadable_text.size < 60 ? in.unreadable_text.size : 60), in.unreadable_text.at,
                 in.unreadable > 1 ? " (and others)" : "", r->lanes[lane].traced ? "" : "; record with " OPTIONS);
    if (in.relative)
        complain("%s: its times are not since 1970; record with " OPTIONS, path);
    if (in.raw)
        complain("%s: it has numbers instead of names (strace -X raw); record with " OPTIONS, path);
    r->problems += in.unreadable > 0 || in.relative || in.raw;
    processes_become_lanes(&in.tracker, first_event, first_socket);
    free(in.pending);
    wrapping_free(&in.wrapping);
    tracker_free(&in.tracker);
}
