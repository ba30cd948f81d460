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

/** A file that is read as it grows. */
struct growing {
    FILE *file;
    int changes; ///< an inotify(7) descriptor
    long at;     ///< where the line begins that is not whole yet
};

static bool has_text(const char *line, const char *wanted) {
    return strstr(line, wanted) != NULL;
}

static bool has_pattern(const char *line, const char *wanted) {
    return fnmatch(wanted, line, 0) == 0;
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
        found = fit(line, wanted);
        if (line[length - 1] == '\n')
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
    struct growing g = {fopen(path, "re"), inotify_init1(IN_CLOEXEC | IN_NONBLOCK), 0};

    if (g.file && g.changes >= 0 && inotify_add_watch(g.changes, path, IN_MODIFY) >= 0)
        tell_verdict(s, await(s, p, &g, fit, wanted, strtoll(milliseconds, NULL, 10)) ? "yes" : "no");
    else
        tell_verdict(s, "error", "a file of the scene cannot be watched");
    if (g.file)
        fclose(g.file);
    if (g.changes >= 0)
        close(g.changes);
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
