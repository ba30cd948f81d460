/**
 * @file
 * Descriptors that travel in control messages.
 */
#include "passing.h"

#include <string.h>

static void remember(struct tracker *t, uint32_t socket) {
    t->passed = grow(t->passed, t->passed_count, &t->passed_capacity, sizeof *t->passed);
    t->passed[t->passed_count++] = socket;
}

/** The oldest socket of that kind that travels, which has arrived then; or NO_INDEX. */
static uint32_t recall(struct tracker *t, struct slice annotation) {
    for (size_t i = 0; i < t->passed_count; i++) {
        uint32_t socket = t->passed[i];
        const char *type = text_of(t->r, t->r->sockets[socket].type);
        if (annotation.size > 0 && !slice_starts(annotation, type))
            continue;
        t->passed_count--;
        memmove(&t->passed[i], &t->passed[i + 1], (t->passed_count - i) * sizeof *t->passed);
        return socket;
    }
    return NO_INDEX;
}

/** A descriptor in strace's list: `3<UDP:[127.0.0.1:7003]>`. */
static void pass(struct tracker *t, struct slice item, int32_t pid, bool out, int64_t time) {
    struct slice annotation = {item.at, 0};
    size_t open = slice_find(item, "<");
    int64_t number = 0;

    if (!slice_number(item, &number, NULL) || number < 0 || number >= MAX_DESCRIPTORS)
        return;
    if (open < item.size && item.at[item.size - 1] == '>')
        annotation = (struct slice){item.at + open + 1, item.size - open - 2};
    int fd = (int)number;
    uint32_t socket = out ? tracker_socket(t, pid, fd, annotation, time) : recall(t, annotation);
    if (socket == NO_INDEX)
        return;
    if (out) {
        remember(t, socket);
        return;
    }
    tracker_close(t, pid, fd, time);
    tracker_open(t, pid, fd, socket);
}

void descriptors_passed(struct tracker *t, const struct strace_line *line, int32_t pid, bool out, int64_t time) {
    struct slice rest = line->arguments;
    bool asked = t->asked; // strace's question about what is passed is not one about the call's own socket
    const char key[] = "cmsg_type=SCM_RIGHTS, cmsg_data=";

    for (size_t at; (at = slice_find(rest, key)) < rest.size;) {
        struct slice item;
        rest = slice_skip(rest, at + sizeof key - 1);
        struct slice list = strace_inside(rest);
        while (strace_next(&list, &item))
            pass(t, item, pid, out, time);
    }
    t->asked = asked;
}
