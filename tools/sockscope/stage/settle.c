/**
 * @file
 * Letting recordings catch up with what has happened.
 *
 * A datagram arrives before its sender's call has returned, and a call has returned before strace has written so. Who
 * is asked then would miss what everybody has seen. So a question waits until the programs and their recorders sleep,
 * which is nearly always at once; one that is busy with itself is not waited for.
 */
#include "loop.h"
#include "programs.h"
#include "questions.h"

#include <inttypes.h>
#include <string.h>

enum {
    BUSY_MS = 20, ///< of processor time, after which a program is busy with itself
    LONGEST_MS = 2000,
};

/** @return what a process is doing: proc(5)'s letter; 0 when it is gone */
static char state_of(pid_t pid) {
    char path[64], line[512];
    char state = 0;

    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *file = fopen(path, "re");
    if (file && fgets(line, sizeof line, file)) {
        const char *after_name = strrchr(line, ')');
        if (after_name && after_name[1] == ' ')
            state = after_name[2];
    }
    if (file)
        fclose(file);
    return state;
}

/** @return the processor time that a process has had, in milliseconds */
static int64_t time_of(pid_t pid) {
    char path[64];
    uint64_t time = 0;

    snprintf(path, sizeof path, "/proc/%d/schedstat", pid);
    FILE *file = fopen(path, "re");
    if (file && fscanf(file, "%" SCNu64, &time) != 1)
        time = 0;
    if (file)
        fclose(file);
    return (int64_t)(time / 1000000);
}

static bool is_moving(pid_t pid) {
    char state = state_of(pid);
    return state == 'R' || state == 't'; // t: it waits for its recorder
}

static void settle(struct scene *s, struct program *p) {
    int64_t last = scene_now() + LONGEST_MS;

    if (p->ended || p->kind == KIND_UNRECORDED || !program_has_begun(p))
        return;
    int64_t busy = time_of(p->self) + BUSY_MS;
    while (!p->ended && (is_moving(p->self) || is_moving(p->recorder)) && time_of(p->self) < busy && scene_now() < last)
        scene_turn(s, scene_now() + 1, -1, -1);
}

void question_settle(struct scene *s) {
    for (size_t i = 0; i < s->program_count; i++)
        settle(s, s->programs[i]);
    scene_write_packets(s);
}
