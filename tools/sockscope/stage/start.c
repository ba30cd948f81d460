/**
 * @file
 * Starting a program: on its host, in its box, its calls recorded, its output bounded.
 */
#include "box.h"
#include "programs.h"

#include "../record/folder.h"
#include "../record/record_calls.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    MOST_BYTES = 640 * 1024, ///< of a recording, and of complaints: who calls the kernel without end is ended
    REPORT = 3,              ///< the descriptor that Valgrind reports to
};

/** The descriptors that become a program's. */
struct streams {
    int in, out, err, report;
};

static char *file_of(const struct scene *s, const char *name, const char *ending) {
    struct buffer path = {0};
    buffer_format(&path, "%s/%s%s", s->folder, name, ending);
    return path.at;
}

static int open_file(const struct scene *s, const char *name, const char *ending) {
    char *path = file_of(s, name, ending);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    free(path);
    return fd;
}

int program_open_typed(const struct scene *s, const char *name) {
    char *path = file_of(s, name, ".in");
    int fd = -1;

    if (mkfifo(path, 0600) == 0 || errno == EEXIST)
        fd = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
    free(path);
    return fd;
}

static bool has_terminal(enum program_kind kind) {
    return kind == KIND_TERMINAL || kind == KIND_UNRECORDED;
}

/** Makes the pipes and files between a program and us. @return false when that cannot be; errno says why */
static bool connect_streams(const struct scene *s, struct program *p, struct streams *theirs) {
    int in[2], out[2], report[2];

    if (has_terminal(p->kind)) {
        *theirs = (struct streams){s->terminal[0], s->terminal[1], s->terminal[2], -1};
        return true;
    }
    p->typed = program_open_typed(s, p->name);
    int printed = open_file(s, p->name, ".printed");
    theirs->err = open_file(s, p->name, ".err");
    if (p->typed < 0 || printed < 0 || theirs->err < 0 || pipe2(in, O_CLOEXEC) < 0 || pipe2(out, O_CLOEXEC) < 0)
        return false;
    p->transcript = fdopen(printed, "w");
    theirs->in = in[0];
    p->in = in[1];
    p->out = out[0];
    theirs->out = out[1];
    if (p->kind == KIND_MEMCHECK) {
        p->report_file = open_file(s, p->name, ".xml");
        if (p->report_file < 0 || pipe2(report, O_CLOEXEC) < 0)
            return false;
        p->report = report[0];
        theirs->report = report[1];
    }
    return p->transcript && fcntl(p->in, F_SETFL, O_NONBLOCK) == 0 && fcntl(p->out, F_SETFL, O_NONBLOCK) == 0;
}

/** They run a program under Valgrind. */
static const char *const valgrind[] = {"valgrind",
                                       "-q",
                                       "--vgdb=no",
                                       "--leak-check=full",
                                       "--show-leak-kinds=definite",
                                       "--errors-for-leak-kinds=definite",
                                       "--child-silent-after-fork=yes",
                                       "--trace-children=yes",
                                       "--xml=yes",
                                       "--xml-fd=3",
                                       NULL};

/** A terminal's foreground is the program's as long as it runs; we are in its background, and may say so. */
static void take_foreground(int terminal) {
    sigset_t set;

    sigemptyset(&set);
    sigaddset(&set, SIGTTOU);
    sigprocmask(SIG_BLOCK, &set, NULL);
    if (terminal >= 0 && isatty(terminal) && tcsetpgrp(terminal, getpgrp()) < 0)
        complain("cannot give the terminal away: %s", strerror(errno));
}

static void limit(__rlimit_resource_t what, rlim_t most) {
    const struct rlimit both = {most, most};

    if (setrlimit(what, &both) < 0)
        die(FAILED, "cannot limit a program: %s", strerror(errno));
}

/** The child becomes the recorder, and its child the program. */
static _Noreturn void become_program(const struct scene *s, const struct program *p, const struct start *start,
                                     const struct box *box, const struct streams *streams) {
    sigset_t none;
    const int fds[] = {streams->in, streams->out, streams->err};

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (has_terminal(p->kind)) {
        setpgid(0, 0);
        take_foreground(s->terminal[0]);
    } else {
        setsid();
    }
    for (int fd = 0; fd <= 2; fd++)
        if (dup2(fds[fd], fd) < 0)
            _exit(FAILED);
    if (start->host && setns(start->host->netns, CLONE_NEWNET) < 0)
        die(FAILED, "cannot go to host '%s': %s", start->host->name, strerror(errno));
    if (streams->report >= 0 && dup2(streams->report, REPORT) < 0)
        _exit(FAILED);
    if (!box_take_files(box))
        die(FAILED, "cannot make a box: %s", strerror(errno));
    close_range((unsigned)(BOX_FD + box->file_count), ~0U, 0);
    if (streams->report < 0)
        close(REPORT);
    if (!has_terminal(p->kind)) {
        limit(RLIMIT_CORE, 0);
        limit(RLIMIT_FSIZE, MOST_BYTES);
    }
    for (int i = 0; i < start->variable_count; i++)
        putenv(start->variables[i]);
    /* Also those that the caller ignores: a job in the background ignores SIGINT. */
    for (int number = 1; number < NSIG; number++)
        signal(number, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (p->kind != KIND_UNRECORDED)
        record_calls(s->recording, p->name, false, box->execs, box->words, box->count);
    execvp(box->words[0], box->words);
    die(FAILED, "cannot start '%s': %s", box->words[0], strerror(errno));
}

static void close_theirs(const struct program *p, const struct streams *theirs) {
    if (has_terminal(p->kind))
        return;
    close(theirs->in);
    close(theirs->out);
    close(theirs->err);
    if (theirs->report >= 0)
        close(theirs->report);
}

static struct program *new_program(struct scene *s, const struct start *start) {
    struct program *p = calloc(1, sizeof *p);

    if (!p)
        die(FAILED, "out of memory");
    *p = (struct program){.kind = start->kind,
                          .lifetime = start->lifetime,
                          .started = scene_now(),
                          .typed = -1,
                          .in = -1,
                          .out = -1,
                          .report = -1,
                          .report_file = -1};
    p->name = strdup(start->name);
    p->calls = recording_path(s->recording, start->name, ".calls");
    if (!p->name)
        die(FAILED, "out of memory");
    return p;
}

/** The file of its calls is there from the beginning on. */
static bool begin_recording(const struct program *p) {
    int fd = open(p->calls, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    return fd >= 0 && close(fd) == 0;
}

const char *program_start(struct scene *s, const struct start *start) {
    struct streams theirs = {-1, -1, -1, -1};
    struct program *p = new_program(s, start);
    struct box box;
    const char *objection = box_program(s, start, p->kind == KIND_MEMCHECK ? valgrind : NULL, &box);

    p->execs_before = box.execs;
    if (!objection && (!connect_streams(s, p, &theirs) || (p->kind != KIND_UNRECORDED && !begin_recording(p)) ||
                       (p->recorder = fork()) < 0))
        objection = strerror(errno);
    if (objection)
        return objection;
    if (p->recorder == 0)
        become_program(s, p, start, &box, &theirs);
    box_free(&box);
    close_theirs(p, &theirs);
    s->programs = grow(s->programs, s->program_count, &s->program_capacity, sizeof *s->programs);
    s->programs[s->program_count++] = p;
    return NULL;
}
