/**
 * @file
 * The end of a program, of what it leaves behind, and of those who do not want to end.
 */
#include "supervise.h"

#include "background.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    TICK_MS = 50,      ///< how often we look whether the program has ended
    PATIENCE_MS = 500, ///< how long what it leaves behind may take to end
};

/** The program's process id stands in the second line of its recording. */
static pid_t program_pid(const struct running *p) {
    char line[128];
    int64_t pid = 0;
    FILE *file = fopen(p->path, "re");

    if (!file)
        return 0;
    if (fgets(line, sizeof line, file) && fgets(line, sizeof line, file))
        slice_number(slice_of(line), &pid, NULL);
    fclose(file);
    return (pid_t)pid;
}

static void find_program(struct running *p) {
    if (p->program == 0)
        p->program = program_pid(p);
    if (p->process < 0 && p->program > 0 && p->left == 0)
        p->process = pidfd_open(p->program, 0);
}

static bool has_ended(const struct running *p) {
    struct pollfd end = {p->process, POLLIN, 0};
    return p->program > 0 && (p->process < 0 ? kill(p->program, 0) < 0 : poll(&end, 1, 0) > 0);
}

/** Passes a signal on. The second one ends everything. */
static void pass_on(struct running *p, const siginfo_t *info) {
    p->signals++;
    if (p->program > 0 && p->signals > 1)
        kill(p->program, SIGKILL);
    else if (p->program > 0 && info->si_code != SI_KERNEL) // the terminal signals the whole group
        kill(p->program, info->si_signo);
}

/** The main program has ended: what it has left in the background is told of, and ended. */
static void end_background(struct running *p) {
    struct buffer names = {0};
    bool forced = p->signals > 1 || p->left > 2 * PATIENCE_MS;

    if (background_signal(p->ours, forced ? SIGKILL : SIGTERM, p->told ? NULL : &names) > 0 && !p->told)
        complain("%s has ended; what it left in the background is ended now: %s (--wait waits for it)", p->title,
                 names.at);
    p->told = true;
    buffer_free(&names);
}

/** Reaps strace and those that we were given. @return whether strace has ended */
static bool reap(const struct running *p, int *status) {
    int one = 0;

    for (pid_t pid; (pid = waitpid(-1, &one, WNOHANG)) > 0;) {
        if (pid == p->strace) {
            *status = one;
            return true;
        }
    }
    return false;
}

int supervise(struct running *p, const sigset_t *set) {
    const struct timespec tick = {.tv_nsec = TICK_MS * 1000000};
    int status = 0;

    while (!reap(p, &status)) {
        siginfo_t info;
        int signal = sigtimedwait(set, &info, &tick);
        find_program(p);
        if (signal > 0 && signal != SIGCHLD)
            pass_on(p, &info);
        if (!has_ended(p) || (p->waits && p->signals < 2))
            continue;
        if (signal < 0) // a tick has passed
            p->left += TICK_MS;
        if (p->left >= PATIENCE_MS || p->signals > 1)
            end_background(p);
    }
    if (p->process >= 0)
        close(p->process);
    return status;
}
