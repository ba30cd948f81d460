/**
 * @file
 * Waiting for a line in a file that grows while the program is running.
 */
#include "loop.h"
#include "patience.h"
#include "programs.h"
#include "waits.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

typedef bool fits(const char *line, const char *wanted);

/** A call of which strace told the beginning only, since another process came between. */
struct cut {
    long pid;
    char *beginning;
};

/** A file that is read as it grows. */
struct growing {
    FILE *file;
    int changes; ///< an inotify(7) descriptor
    long at;     ///< where the line begins that is not whole yet
    struct cut *cuts;
    size_t cut_count, cut_capacity;
};

static bool has_text(const char *line, const char *wanted) {
    return strstr(line, wanted) != NULL;
}

static bool has_pattern(const char *line, const char *wanted) {
    return fnmatch(wanted, line, 0) == 0;
}

/** @return the beginning of a process's call, which is no longer kept; free(3) it. NULL when there is none */
static char *take_beginning(struct growing *g, long pid) {
    for (size_t i = 0; i < g->cut_count; i++) {
        if (g->cuts[i].pid != pid)
            continue;
        char *beginning = g->cuts[i].beginning;
        g->cuts[i] = g->cuts[--g->cut_count];
        return beginning;
    }
    return NULL;
}

static void keep_beginning(struct growing *g, const char *line, const char *end) {
    long pid = strtol(line, NULL, 10);
    char *beginning = strndup(line, (size_t)(end - line));

    free(take_beginning(g, pid)); // of a process that died in its call
    g->cuts = grow(g->cuts, g->cut_count, &g->cut_capacity, sizeof *g->cuts);
    if (!beginning)
        die(FAILED, "out of memory");
    g->cuts[g->cut_count++] = (struct cut){pid, beginning};
}

/** Whether a call fits that stands in two lines: `8 read(0, <unfinished ...>` and `8 <... read resumed>"f", 1) = 1`. */
static bool fits_joined(struct growing *g, const char *line, fits *fit, const char *wanted) {
    static const char cut[] = " <unfinished ...>", resumed[] = " resumed>";
    const char *end = strstr(line, cut);

    if (end) {
        keep_beginning(g, line, end);
        return false;
    }
    const char *rest = strstr(line, "<... ") ? strstr(line, resumed) : NULL;
    char *beginning = rest ? take_beginning(g, strtol(line, NULL, 10)) : NULL;
    if (!beginning)
        return false;
    struct buffer whole = {0};
    buffer_format(&whole, "%s%s", beginning, rest + strlen(resumed));
    bool found = fit(whole.at, wanted);
    buffer_free(&whole);
    free(beginning);
    return found;
}

static void forget_cuts(struct growing *g) {
    while (g->cut_count > 0)
        free(g->cuts[--g->cut_count].beginning);
    free(g->cuts);
}

/** Reads on. A line that is not whole is looked at, and again when it is. */
static bool has_come(struct growing *g, fits *fit, const char *wanted) {
    char *line = NULL;
    size_t room = 0;
    ssize_t length = 0;
    bool found = false;

    clearerr(g->file);
    if (fseek(g->file, g->at, SEEK_SET) < 0)
        return false;
    while (!found && (length = getline(&line, &room, g->file)) > 0) {
        bool whole = line[length - 1] == '\n';
        found = fit(line, wanted) || (whole && fits_joined(g, line, fit, wanted));
        if (whole)
            g->at = ftell(g->file);
    }
    free(line);
    return found;
}

static void take_changes(int fd) {
    char events[4096];
    while (read(fd, events, sizeof events) > 0)
        continue;
}

static bool await(struct scene *s, struct program *p, struct growing *g, fits *fit, const char *wanted,
                  int64_t allowed) {
    struct patience t = patience_begin(allowed);
    int64_t next = INT64_MAX;
    bool found = false;

    for (bool over = false; !(found = has_come(g, fit, wanted)) && !over;) {
        over = p->ended || patience_is_over(s, &t, p, &next);
        if (!over)
            scene_turn(s, next, g->changes, t.begins);
        take_changes(g->changes);
    }
    patience_end(&t);
    return found;
}

static void wait_in_file(struct scene *s, struct program *p, const char *path, fits *fit, const char *wanted,
                         const char *milliseconds) {
    struct growing g = {.file = fopen(path, "re"), .changes = inotify_init1(IN_CLOEXEC | IN_NONBLOCK)};

    if (g.file && g.changes >= 0 && inotify_add_watch(g.changes, path, IN_MODIFY) >= 0)
        tell_verdict(s, await(s, p, &g, fit, wanted, strtoll(milliseconds, NULL, 10)) ? "yes" : "no");
    else
        tell_verdict(s, "error", "a file of the scene cannot be watched");
    if (g.file)
        fclose(g.file);
    if (g.changes >= 0)
        close(g.changes);
    forget_cuts(&g);
}

void wait_for_call(struct scene *s, struct program *p, const struct command *c) {
    struct buffer pattern = {0};

    buffer_format(&pattern, "*%s*", c->words[3]);
    wait_in_file(s, p, p->calls, has_pattern, pattern.at, c->words[2]);
    buffer_free(&pattern);
}

void wait_for_complaint(struct scene *s, struct program *p, const struct command *c) {
    struct buffer path = {0};

    buffer_format(&path, "%s/%s.err", s->folder, p->name);
    wait_in_file(s, p, path.at, has_text, c->words[3], c->words[2]);
    buffer_free(&path);
}
