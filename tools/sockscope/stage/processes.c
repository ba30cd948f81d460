/**
 * @file
 * Finding, signalling and ending processes: the program itself, and what it has started.
 *
 * The recorder traces a program and all that comes from it, wherever that goes: into another session, or to another
 * parent. So the tracer is the mark by which it is known; names and groups are a program's to change.
 */
#include "programs.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <time.h>
#include <unistd.h>

/** A line of strace's: `PID SECONDS.NANOSECONDS execve(... = 0`, or its second half. */
static bool is_exec(const char *line, int *pid, long long *seconds, long long *nanoseconds) {
    int call = 0;

    if (sscanf(line, "%d %lld.%lld %n", pid, seconds, nanoseconds, &call) != 3 || !strstr(line, ") = 0"))
        return false;
    return strncmp(line + call, "execve(", 7) == 0 || strncmp(line + call, "<... execve resumed>", 20) == 0;
}

/** From a time since 1970. */
static int64_t monotonic(long long seconds, long long nanoseconds) {
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    int64_t ago = ((int64_t)now.tv_sec - seconds) * 1000 + ((int64_t)now.tv_nsec - nanoseconds) / 1000000;
    return scene_now() - (ago > 0 ? ago : 0);
}

bool program_has_begun(struct program *p) {
    char *line = NULL;
    size_t room = 0;
    long long seconds = 0, nanoseconds = 0;
    int pid = 0, execs = 0;

    if (p->self)
        return true;
    if (p->kind == KIND_UNRECORDED) {
        p->self = p->recorder;
        p->begun = p->started;
        return true;
    }
    FILE *calls = fopen(p->calls, "re");
    ssize_t length = 0;
    while (!p->self && calls && (length = getline(&line, &room, calls)) > 0 && line[length - 1] == '\n')
        if (is_exec(line, &pid, &seconds, &nanoseconds) && execs++ == p->execs_before) {
            p->self = pid;
            p->begun = monotonic(seconds, nanoseconds);
        }
    free(line);
    if (calls)
        fclose(calls);
    return p->self != 0;
}

/** @return the process that traces another one; 0 when nobody does */
static pid_t tracer_of(pid_t pid) {
    char path[64], line[128];
    int tracer = 0;

    snprintf(path, sizeof path, "/proc/%d/status", pid);
    FILE *file = fopen(path, "re");
    while (file && fgets(line, sizeof line, file))
        if (sscanf(line, "TracerPid: %d", &tracer) == 1)
            break;
    if (file)
        fclose(file);
    return tracer;
}

static pid_t first_child(pid_t pid) {
    char path[64];
    int child = 0;

    snprintf(path, sizeof path, "/proc/%d/task/%d/children", pid, pid);
    FILE *file = fopen(path, "re");
    if (file && fscanf(file, "%d", &child) != 1)
        child = 0;
    if (file)
        fclose(file);
    return child;
}

/** @return the next process in /proc that is traced by this one; 0 when there is no other */
static pid_t next_traced(DIR *all, pid_t tracer) {
    for (const struct dirent *entry; all && (entry = readdir(all));) {
        pid_t pid = isdigit((unsigned char)entry->d_name[0]) ? atoi(entry->d_name) : 0;
        if (pid > 0 && tracer_of(pid) == tracer)
            return pid;
    }
    return 0;
}

/** Signals all that this process traces. @return whether there was anything */
static bool signal_traced(pid_t tracer, int number) {
    DIR *all = opendir("/proc");
    bool any = false;

    for (pid_t pid; (pid = next_traced(all, tracer)) > 0;)
        any = kill(pid, number) == 0 || any;
    if (all)
        closedir(all);
    return any;
}

/** @return the processor time of a process, and of its children that it has waited for, in ticks */
static unsigned long ticks_of(pid_t pid) {
    char path[64], line[1024];
    unsigned long ticks[4] = {0};

    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *file = fopen(path, "re");
    const char *name_end = file && fgets(line, sizeof line, file) ? strrchr(line, ')') : NULL;
    if (file)
        fclose(file);
    if (!name_end || sscanf(name_end, ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu %lu %lu", &ticks[0],
                            &ticks[1], &ticks[2], &ticks[3]) != 4)
        return 0;
    return ticks[0] + ticks[1] + ticks[2] + ticks[3];
}

int64_t program_spent(const struct program *p) {
    if (p->ended)
        return 0;
    unsigned long ticks = ticks_of(p->recorder);
    DIR *all = opendir("/proc");
    for (pid_t pid; (pid = next_traced(all, p->recorder)) > 0;)
        ticks += ticks_of(pid);
    if (all)
        closedir(all);
    return (int64_t)ticks * 1000 / sysconf(_SC_CLK_TCK);
}

bool program_signal(struct program *p, int number, bool child) {
    if (p->ended || !program_has_begun(p))
        return false;
    // A program that is to stand still must not go on in another of its processes.
    if ((number == SIGSTOP || number == SIGCONT) && !child && p->kind != KIND_UNRECORDED)
        return signal_traced(p->recorder, number);
    pid_t pid = child ? first_child(p->self) : p->self;
    int fd = pid > 0 ? pidfd_open(pid, 0) : -1;
    // The number may have become another process's. That one is not our recorder's.
    bool ours = fd >= 0 && (p->kind == KIND_UNRECORDED || tracer_of(pid) == p->recorder);
    bool done = ours && pidfd_send_signal(fd, number, NULL, 0) == 0;
    if (fd >= 0)
        close(fd);
    return done;
}

void program_kill(struct program *p) {
    if (p->ended)
        return;
    if (p->kind == KIND_UNRECORDED) {
        kill(-p->recorder, SIGKILL);
        return;
    }
    // While the recorder is stopped, whoever wants to start a process waits for it: nobody gets away.
    kill(p->recorder, SIGSTOP);
    if (!signal_traced(p->recorder, SIGKILL))
        kill(p->recorder, SIGKILL); // it has not begun yet
    kill(p->recorder, SIGCONT);
}
