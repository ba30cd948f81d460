/**
 * @file
 * What starts the program that is recorded.
 */
#include "wrapping.h"

#include <stdlib.h>

/** What stands in the heading of the recording: how many execve(2) calls come before the program's own. */
static int execs_before(struct slice content) {
    struct slice line = {content.at, slice_find(content, "\n")};
    struct slice value = slice_skip(line, slice_find(line, " execs="));
    int64_t execs = 0;

    if (!slice_starts(line, "# sockscope") || !slice_number(slice_skip(value, 7), &execs, NULL))
        return 0;
    return execs > 0 && execs < 100 ? (int)execs : 0;
}

struct wrapping wrapping_of(struct slice content) {
    int execs = execs_before(content);

    return (struct wrapping){.execs_before = execs, .execs = execs};
}

void wrapping_free(struct wrapping *w) {
    free(w->list);
}

static bool is_wrapper(const struct wrapping *w, int32_t pid) {
    for (size_t i = 0; i < w->count; i++)
        if (w->list[i] == pid)
            return true;
    return false;
}

bool wrapping_skips(struct wrapping *w, const struct strace_line *line) {
    int32_t pid = (int32_t)line->pid;

    if (w->execs_before == 0)
        return false;
    if (w->program != 0)
        return pid != w->program && is_wrapper(w, pid);
    if (!is_wrapper(w, pid)) {
        w->list = grow(w->list, w->count, &w->capacity, sizeof *w->list);
        w->list[w->count++] = pid;
    }
    struct slice rest = line->arguments; // of a second half, which is taken apart later
    bool done = slice_is(line->name, "execve") &&
                ((line->kind == STRACE_CALL && strace_parse_result(line->result).value == 0) ||
                 (line->kind == STRACE_RESUMED && slice_find(rest, ") = 0") < rest.size));
    if (line->kind == STRACE_UNFINISHED && slice_is(line->name, "execve"))
        return w->execs > 0; // what it begins stands in this line
    if (!done || w->execs-- > 0)
        return true;
    w->program = pid;
    return false;
}
