/**
 * @file
 * Waits that survive a busy machine, and do not last when nothing can come any more.
 */
#include "patience.h"

#include "programs.h"

#include <inttypes.h>
#include <sys/inotify.h>
#include <unistd.h>

enum { MOST_TIMES = 5, SOON = 10 };

static void drain(int fd) {
    char events[4096];
    while (read(fd, events, sizeof events) > 0)
        continue;
}

struct patience patience_begin(int64_t allowed) {
    return (struct patience){scene_now(), allowed, NULL, -1};
}

void patience_end(struct patience *t) {
    if (t->begins >= 0)
        close(t->begins);
    t->begins = -1;
}

/**
 * @return how long a process has waited for a processor, in milliseconds; see proc_pid_schedstat in the kernel's docs
 */
static int64_t delay_of(pid_t pid) {
    char path[64];
    uint64_t delay = 0;

    snprintf(path, sizeof path, "/proc/%d/schedstat", pid);
    FILE *file = fopen(path, "re");
    if (file && fscanf(file, "%*u %" SCNu64, &delay) != 1)
        delay = 0;
    if (file)
        fclose(file);
    return (int64_t)(delay / 1000000);
}

/** @return the longest that one of the scene's programs has been kept waiting by the machine */
static int64_t longest_delay(const struct scene *s) {
    int64_t longest = 0;

    for (size_t i = 0; i < s->program_count; i++) {
        const struct program *p = s->programs[i];
        const pid_t pids[] = {p->recorder, p->self};
        for (size_t k = 0; k < 2 && !p->ended; k++) {
            int64_t delay = pids[k] > 0 ? delay_of(pids[k]) : 0;
            if (delay > longest)
                longest = delay;
        }
    }
    return longest;
}

/** Nobody is left who could bring about what is waited for: what is on its way comes soon. */
static void notice_other(const struct scene *s, struct patience *t, const struct program *p) {
    for (size_t i = 0; i < s->program_count && !t->other; i++) {
        const struct program *other = s->programs[i];
        if (other != p && is_under_test(other->kind) && other->ended && !other->told) {
            t->other = other;
            t->begun = scene_now();
            t->allowed /= SOON;
        }
    }
}

static int watch(const char *path) {
    int fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);

    if (fd >= 0)
        inotify_add_watch(fd, path, IN_MODIFY);
    return fd;
}

static int64_t earlier(int64_t a, int64_t b) {
    return a < b ? a : b;
}

bool patience_is_over(const struct scene *s, struct patience *t, struct program *p, int64_t *next) {
    int64_t now = scene_now();

    notice_other(s, t, p);
    int64_t last = earlier(t->begun + t->allowed * MOST_TIMES, s->end);
    *next = earlier(t->begun + t->allowed, last);
    if (now < *next)
        return false;
    if (now >= last)
        return true;
    if (t->begins < 0 && !program_has_begun(p))
        t->begins = watch(p->calls);
    else if (t->begins >= 0)
        drain(t->begins);
    *next = last;
    if (!program_has_begun(p)) // also after it is watched, or its beginning could be missed
        return p->ended;
    patience_end(t);
    int64_t begun = p->begun > t->begun ? p->begun : t->begun;
    *next = earlier(begun + t->allowed + longest_delay(s), last);
    return now >= *next;
}
