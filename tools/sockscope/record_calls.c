/**
 * @file
 * `sockscope calls`: becomes strace, which writes one program's calls into the recording.
 */
#include "commands.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/** Every call on sockets, every wait, what moves bytes, what makes or ends processes, and a signal handler's
 * return. */
static const char traced[] =
    "trace=%network,read,write,readv,writev,close,?poll,ppoll,?select,pselect6,?epoll_wait,"
    "epoll_pwait,?epoll_pwait2,epoll_ctl,dup,?dup2,dup3,fcntl,ioctl,"
    "clone,?clone3,?fork,?vfork,execve,rt_sigreturn";

static const char help[] = "usage: sockscope calls [--append] DIR NAME -- PROGRAM [ARGUMENT...]\n"
                           "\n"
                           "Runs PROGRAM under strace and records its system calls in DIR/NAME.calls, the "
                           "lane NAME of the recording DIR.\n"
                           "Standard input, standard output and exit status are the program's. The program's "
                           "process id is the first\n"
                           "number of the file's second line.\n"
                           "  --append   go on in an existing file: the same lane, started again\n";

uint64_t present_netns(void) {
    struct stat about;
    return stat("/proc/self/ns/net", &about) == 0 ? (uint64_t)about.st_ino : 0;
}

char *recording_path(const char *folder, const char *name, const char *ending) {
    char *path = NULL;

    if (name[0] == '\0' || name[0] == '.' || strchr(name, '/') || strlen(name) > 200)
        die(USAGE, "'%s' cannot be the name of a lane: take one word without '/', such as client1", name);
    if (mkdir(folder, 0777) < 0 && errno != EEXIST)
        die(FAILED, "cannot make the recording '%s': %s", folder, strerror(errno));
    if (asprintf(&path, "%s/%s%s", folder, name, ending) < 0)
        die(FAILED, "out of memory");
    return path;
}

bool can_start(const char *program) {
    char *path = getenv("PATH");
    char *copy = strdup(path ? path : "/usr/bin:/bin");
    bool found = false;

    if (!copy)
        die(FAILED, "out of memory");
    if (strchr(program, '/')) {
        struct stat about;
        free(copy);
        if (stat(program, &about) == 0 && S_ISDIR(about.st_mode)) {
            errno = EISDIR;
            return false;
        }
        return access(program, X_OK) == 0;
    }
    for (char *rest = copy, *folder; !found && (folder = strsep(&rest, ":"));) {
        char *candidate = NULL;
        if (asprintf(&candidate, "%s/%s", *folder ? folder : ".", program) < 0)
            die(FAILED, "out of memory");
        found = access(candidate, X_OK) == 0;
        free(candidate);
    }
    free(copy);
    if (!found)
        errno = ENOENT;
    return found;
}

/** Writes the heading that tells which host the lane is on; strace appends to it. */
static void write_heading(const char *path, bool append) {
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | (append ? O_APPEND : O_TRUNC), 0666);

    if (fd < 0 || dprintf(fd, "# sockscope 1 netns=%llu\n", (unsigned long long)present_netns()) < 0 ||
        close(fd) < 0)
        die(FAILED, "cannot write '%s': %s", path, strerror(errno));
}

static _Noreturn void become_strace(const char *path, char **program, int count) {
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
                                   "--output-append-mode",
                                   "-o",
                                   path,
                                   "--"};
    enum { OPTIONS = sizeof options / sizeof *options };
    char **arguments = calloc(OPTIONS + (size_t)count + 1, sizeof *arguments);

    if (!arguments)
        die(FAILED, "out of memory");
    for (int i = 0; i < OPTIONS; i++)
        arguments[i] = (char *)(uintptr_t)options[i];
    for (int i = 0; i < count; i++)
        arguments[OPTIONS + i] = program[i];
    execvp("strace", arguments);
    die(FAILED, "cannot run strace, which records the calls: %s (is the package strace installed?)",
        strerror(errno));
}

void record_calls(const char *folder, const char *name, bool append, char **program, int count) {
    if (!can_start(program[0]))
        die(errno == ENOENT ? 127 : 126, "cannot start '%s': %s", program[0], strerror(errno));
    char *path = recording_path(folder, name, ".calls");
    write_heading(path, append);
    become_strace(path, program, count);
}

int command_calls(int argc, char **argv) {
    bool append = argc > 1 && strcmp(argv[1], "--append") == 0;

    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        fputs(help, stdout);
        return DONE;
    }
    argc -= append;
    argv += append;
    if (argc < 5 || strcmp(argv[3], "--") != 0 || argv[1][0] == '-') {
        fputs(help, stderr);
        return USAGE;
    }
    record_calls(argv[1], argv[2], append, argv + 4, argc - 4);
}
