/**
 * @file
 * Becoming strace, which writes one program's calls into the recording.
 */
#include "record_calls.h"

#include "folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/** Every call on sockets, every wait, what moves bytes, what makes, signals or ends processes, and a signal
 * handler's return. */
static const char traced[] = "trace=%network,read,write,readv,writev,close,?poll,ppoll,?select,pselect6,?epoll_wait,"
                             "epoll_pwait,?epoll_pwait2,epoll_ctl,dup,?dup2,dup3,fcntl,ioctl,"
                             "clone,?clone3,?fork,?vfork,execve,rt_sigreturn,?io_uring_setup,"
                             "kill,tkill,tgkill,?pidfd_send_signal";

/** @return whether this is a file that we may run; if not, errno says why */
static bool is_program(const char *path) {
    struct stat about;

    if (stat(path, &about) == 0 && S_ISDIR(about.st_mode)) {
        errno = EISDIR;
        return false;
    }
    return access(path, X_OK) == 0;
}

char *find_program(const char *program) {
    char *path = getenv("PATH");
    char *copy = strdup(path ? path : "/usr/bin:/bin"), *found = NULL;

    if (!copy)
        die(FAILED, "out of memory");
    if (strchr(program, '/')) {
        free(copy);
        return is_program(program) ? strdup(program) : NULL;
    }
    for (char *rest = copy, *folder; !found && (folder = strsep(&rest, ":"));) {
        if (asprintf(&found, "%s/%s", *folder ? folder : ".", program) < 0)
            die(FAILED, "out of memory");
        if (!is_program(found)) {
            free(found);
            found = NULL;
        }
    }
    free(copy);
    if (!found)
        errno = ENOENT;
    return found;
}

bool can_start(const char *program) {
    char *path = find_program(program);

    free(path); // keeps errno
    return path;
}

/** Writes the heading that tells which host the lane is on; strace appends to it. */
static void write_heading(const char *path, bool append, int execs) {
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | (append ? O_APPEND : O_TRUNC), 0666);

    if (fd < 0 || dprintf(fd, "# sockscope 1 netns=%llu execs=%d\n", (unsigned long long)current_netns(), execs) < 0 ||
        close(fd) < 0)
        die(FAILED, "cannot write '%s': %s", path, strerror(errno));
}

/** A script without `#!`, which the kernel does not start, but a shell does. */
static bool needs_shell(const char *program) {
    char head[128];
    int fd = strchr(program, '/') ? open(program, O_RDONLY | O_CLOEXEC) : -1;
    ssize_t size = fd >= 0 ? read(fd, head, sizeof head) : 0;

    if (fd >= 0)
        close(fd);
    return size > 0 && !memchr(head, '\0', (size_t)size) && memcmp(head, "#!", size < 2 ? 1 : 2) != 0;
}

/**
 * Gives strace a time zone for which no file must be looked at. It asks for the local time at each call, though what it
 * writes are seconds since 1970.
 * @return the option that gives the program its own time zone back
 */
static char *set_time_zone(void) {
    const char *own = getenv("TZ");
    char *option = NULL;

    if (asprintf(&option, own ? "--env=TZ=%s" : "--env=TZ", own) < 0 || setenv("TZ", "UTC0", 1) < 0)
        die(FAILED, "out of memory");
    return option;
}

static _Noreturn void become_strace(const char *path, char **program, int count) {
    const char *time_zone = set_time_zone();
    const char *const options[] = {"strace",
                                   "-f",            // threads and children, too
                                   "--seccomp-bpf", // stop at these calls only
                                   "--quiet=attach,personality,superseded,thread-execve",
                                   "--string-limit=65536",
                                   "--absolute-timestamps=format:unix,precision:ns",
                                   "--syscall-times=ns",
                                   "--decode-fds=socket",
                                   "-e",
                                   traced,
                                   "-e",
                                   "signal=!SIGCHLD",
                                   time_zone,
                                   "--output-append-mode",
                                   "-o",
                                   path,
                                   "--"};
    enum { OPTIONS = sizeof options / sizeof *options };
    bool shell = needs_shell(program[0]);
    char **arguments = calloc(OPTIONS + (size_t)shell + (size_t)count + 1, sizeof *arguments);

    if (!arguments)
        die(FAILED, "out of memory");
    for (int i = 0; i < OPTIONS; i++)
        arguments[i] = (char *)(uintptr_t)options[i];
    if (shell)
        arguments[OPTIONS] = (char *)(uintptr_t) "sh";
    for (int i = 0; i < count; i++)
        arguments[OPTIONS + shell + i] = program[i];
    execvp("strace", arguments);
    die(FAILED, "cannot run strace, which records the calls: %s (is the package strace installed?)", strerror(errno));
}

void record_calls(const char *folder, const char *name, bool append, int execs, char **program, int count) {
    if (!can_start(program[0]))
        die(errno == ENOENT ? 127 : 126, "cannot start '%s': %s", program[0], strerror(errno));
    char *path = recording_path(folder, name, ".calls");
    write_heading(path, append, execs);
    become_strace(path, program, count);
}
