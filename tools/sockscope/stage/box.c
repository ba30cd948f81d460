/**
 * @file
 * The words of bubblewrap (bwrap(1)) and of the kit's own confine that shut a program in.
 */
#include "box.h"

#include "box_files.h"

#include "../record/record_calls.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CONFINE "confine" ///< see tests/bench/box/confine.c

enum { ABOVE = 64 }; ///< where descriptors wait until they get their numbers

/** Of what is the same in all boxes, BOX_ROOT has it already: each mount that bwrap makes takes time, since the
 * recorder stops it at the calls by which it looks the mount up. */
static const char *const view[] = {"--unshare-user",
                                   "--disable-userns",
                                   "--unshare-pid",
                                   "--unshare-ipc",
                                   "--unshare-uts",
                                   "--unshare-cgroup-try",
                                   "--hostname",
                                   "lab",
                                   "--new-session",
                                   "--die-with-parent",
                                   "--uid",
                                   "1000",
                                   "--gid",
                                   "1000",
                                   "--cap-drop",
                                   "ALL",
                                   "--clearenv",
                                   "--setenv",
                                   "PATH",
                                   "/usr/bin",
                                   "--setenv",
                                   "HOME",
                                   "/tmp",
                                   "--setenv",
                                   "LC_ALL",
                                   "C",
                                   "--dev-bind",
                                   BOX_ROOT,
                                   "/",
                                   "--proc",
                                   "/proc",
                                   "--size",
                                   "4194304",
                                   "--tmpfs",
                                   "/dev/shm",
                                   "--size",
                                   "16777216",
                                   "--tmpfs",
                                   "/tmp",
                                   "--chdir",
                                   "/tmp",
                                   NULL};

/** Of each process in the box. */
static const char *const limits[] = {"nofile=256", "core=0", "stack=8388608", "memlock=65536", "msgqueue=0", NULL};

/** Of all processes of the box's user together. In a box, they are counted in its user namespace. */
static const char most_processes[] = "nproc=32";

static void add(struct box *box, const char *word) {
    box->words[box->count++] = (char *)(uintptr_t)word;
}

static void add_all(struct box *box, const char *const *words) {
    while (words && *words)
        add(box, *words++);
}

/** Adds the number that a descriptor will have. It is taken over; -1 is an error that errno explains. */
static bool add_file(struct box *box, int fd) {
    static const char *const numbers[MOST_BOX_FD] = {"4", "5"};
    int above = fd < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, ABOVE);

    if (fd >= 0)
        close(fd);
    if (above < 0)
        return false;
    add(box, numbers[box->file_count]);
    box->files[box->file_count++] = above;
    return true;
}

/** The program that gives up rights, beside this one; it goes through a descriptor to where it has no name. */
static int open_confine(void) {
    char path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - sizeof CONFINE);

    if (length < 0)
        return -1;
    path[length] = '\0';
    char *name = strrchr(path, '/');
    memcpy(name ? name + 1 : path, CONFINE, sizeof CONFINE);
    return open(path, O_RDONLY | O_CLOEXEC);
}

/** Adds the word by which the opened confine is run, here and in the box. */
static bool add_confine(struct box *box) {
    if (!box->confine) {
        if (!add_file(box, open_confine()) || asprintf(&box->confine, "/proc/self/fd/%s", box->words[--box->count]) < 0)
            return false;
    }
    add(box, box->confine);
    return true;
}

/** The full path, since bwrap would else be tried in each folder of PATH, under the recorder's eyes. */
static void add_bwrap(struct box *box) {
    box->bwrap = find_program("bwrap");
    if (!box->bwrap)
        die(FAILED, "cannot run bwrap, which makes the boxes: %s (is the package bubblewrap installed?)",
            strerror(errno));
    add(box, box->bwrap);
}

/** The box's user need not be able to come to where the program lies, and is not to learn where that is. */
static bool add_program(struct box *box, const struct scene *s, const char *program, const char *inside) {
    if (asprintf(&box->copy, BOX_SHELF "/%zu", s->program_count) < 0)
        die(FAILED, "out of memory");
    add(box, "--ro-bind");
    add(box, box->copy);
    add(box, BOX_PROGRAMS);
    return box_copy(program, box->copy, inside + sizeof BOX_PROGRAMS);
}

/** What was set for the program; the rest of the environment is the kit's. */
static void add_variables(struct box *box, const struct start *start) {
    for (int i = 0; i < start->variable_count; i++) {
        char *value = strchr(start->variables[i], '=');
        if (!value)
            continue;
        *value = '\0'; // the word is ours: it came with the command
        add(box, "--setenv");
        add(box, start->variables[i]);
        add(box, value + 1);
    }
}

/** A sanitizer reserves terabytes that it does not use, and Valgrind has the program's memory twice. */
static void add_limits(struct box *box, enum program_kind kind) {
    add(box, kind == KIND_MEMCHECK ? "from=4" : "from=3"); // Valgrind's report has number 3
    add_all(box, limits);
    if (kind == KIND_ANSWER)
        add(box, "as=536870912");
    if (kind == KIND_MEMCHECK)
        add(box, "as=4294967296");
    add(box, kind == KIND_MEMCHECK ? "cpu=60:61" : "cpu=10:11");
}

static bool add_user(struct box *box, const struct scene *s) {
    if (asprintf(&box->user, "user=%s", s->box_user) < 0)
        return false;
    add(box, box->user);
    return true;
}

/** Root of the machine stays root in a namespace of its own, and would own what is root's outside. */
static bool add_becoming_user(struct box *box, const struct scene *s) {
    if (!s->box_user)
        return true;
    box->execs++;
    if (!add_confine(box) || !add_user(box, s))
        return false;
    add(box, "--");
    return true;
}

static bool fill(const struct scene *s, const struct start *start, const char *const *checked, struct box *box,
                 const char *inside) {
    box->execs = 2; // bwrap, confine
    if (!add_becoming_user(box, s))
        return false;
    add_bwrap(box);
    add_all(box, view);
    add(box, "--seccomp");
    if (!add_file(box, open(s->box_filter, O_RDONLY | O_CLOEXEC)) || !add_program(box, s, start->program[0], inside))
        return false;
    add_variables(box, start);
    add(box, "--");
    if (!add_confine(box))
        return false;
    add(box, most_processes);
    add_limits(box, start->kind);
    add(box, "--");
    add_all(box, checked);
    add(box, inside);
    return true;
}

static bool fill_box(const struct scene *s, const struct start *start, const char *const *checked, struct box *box) {
    const char *name = strrchr(start->program[0], '/');

    if (asprintf(&box->inside, BOX_PROGRAMS "/%s", name ? name + 1 : start->program[0]) < 0)
        die(FAILED, "out of memory");
    return fill(s, start, checked, box, box->inside);
}

/**
 * Without namespaces there are the limits, and for root a user that owns nothing. Any other user has processes already.
 */
static bool fill_limits(const struct scene *s, const struct start *start, const char *const *checked, struct box *box) {
    box->execs = 1; // confine
    if (!add_confine(box) || (s->box_user && !add_user(box, s)))
        return false;
    if (s->box_user)
        add(box, most_processes);
    add_limits(box, start->kind);
    add(box, "--");
    add_all(box, checked);
    add(box, start->program[0]);
    return true;
}

const char *box_program(const struct scene *s, const struct start *start, const char *const *checked, struct box *box) {
    *box = (struct box){.words = calloc(MOST_BOX_WORDS + (size_t)start->count + 1, sizeof *box->words)};
    if (!box->words)
        die(FAILED, "out of memory");
    if (is_under_test(start->kind) && s->box_filter) {
        if (!fill_box(s, start, checked, box))
            return strerror(errno);
    } else if (is_under_test(start->kind)) {
        if (!fill_limits(s, start, checked, box))
            return strerror(errno);
    } else {
        add_all(box, checked);
        add(box, start->program[0]);
    }
    for (int i = 1; i < start->count; i++)
        add(box, start->program[i]);
    box->execs += checked ? 1 : 0;
    return NULL;
}

bool box_take_files(const struct box *box) {
    for (int i = 0; i < box->file_count; i++)
        if (dup2(box->files[i], BOX_FD + i) < 0)
            return false;
    return true;
}

void box_free(struct box *box) {
    for (int i = 0; i < box->file_count; i++)
        close(box->files[i]);
    free(box->inside);
    free(box->copy);
    free(box->bwrap);
    free(box->confine);
    free(box->user);
    free(box->words);
    *box = (struct box){0};
}
