/**
 * @file
 * `sockscope run`: one program in a private network, its packets and its calls recorded, the ladder at the
 * end.
 *
 * The program keeps its standard input and output, its terminal and its user; the ladder goes to standard
 * error.
 */
#include "commands.h"

#include "background.h"
#include "supervise.h"

#include "../record/capture.h"
#include "../record/folder.h"
#include "../record/record_calls.h"
#include "../stage/namespaces.h"
#include "terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char help[] =
    "usage: sockscope run [OPTION...] -- PROGRAM [ARGUMENT...]\n"
    "\n"
    "Runs PROGRAM in a private network that has only loopback, records its calls and packets, and draws the "
    "ladder on\n"
    "standard error when it ends. Standard input, standard output and exit status are the program's.\n"
    "  -o DIR             keep the recording in DIR\n"
    "  --name NAME        the program's lane (default: its file name)\n"
    "  --current-network  do not make a private network: use the current one\n"
    "  --buffer MIB       memory for the capture (see sockscope capture --help)\n"
    "  --wait             go on until what PROGRAM leaves in the background has ended, too\n"
    "  --ascii            draw with plain characters only\n"
    "  --no-draw          do not draw (with -o)\n";

enum {
    MAX_NAME = 60, ///< of a lane
};

/** What the command line asks for. */
struct request {
    const char *folder;
    const char *name;
    bool present;
    bool draw;
    bool ascii;
    bool wait;
    int buffer;
    char **program;
    int count;
};

/** The capture, a child of its own. */
struct capturer {
    pid_t pid;
    int told; ///< where it says "ready" and "done"
    int hold; ///< it ends when this is closed, also when we die
};

/** Enters a network of our own; the user stays the same. @return false when that is not allowed here */
static bool make_private_network(void) {
    char map[64];
    uid_t uid = geteuid();
    gid_t gid = getegid();

    if (unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWNS) < 0)
        return false;
    snprintf(map, sizeof map, "%u %u 1", uid, uid);
    bool done = write_text("/proc/self/uid_map", map) && write_text("/proc/self/setgroups", "deny");
    snprintf(map, sizeof map, "%u %u 1", gid, gid);
    done = done && write_text("/proc/self/gid_map", map) && loopback_up();
    snprintf(map, sizeof map, "%u %u", gid, gid);
    (void)write_text("/proc/sys/net/ipv4/ping_group_range", map); // ping works; where it cannot, all else does
    return done;
}

static bool start_capture(const struct request *w, struct capturer *c) {
    int words[2];
    int hold[2];
    char word[16] = "";

    if (pipe2(words, O_CLOEXEC) < 0 || pipe2(hold, O_CLOEXEC) < 0)
        die(FAILED, "cannot make a pipe: %s", strerror(errno));
    c->pid = fork();
    if (c->pid < 0)
        die(FAILED, "cannot start the capture: %s", strerror(errno));
    if (c->pid == 0) {
        // A group of its own: the terminal's Ctrl-C is for the program.
        if (setpgid(0, 0) < 0 || dup2(hold[0], STDIN_FILENO) < 0)
            _exit(FAILED);
        close(hold[1]);
        close(words[0]);
        _exit(capture_packets(w->folder, w->name, 0, w->buffer, words[1]));
    }
    close(words[1]);
    close(hold[0]);
    c->told = words[0];
    c->hold = hold[1];
    ssize_t length = read(c->told, word, sizeof word - 1);
    return length > 0 && strncmp(word, "ready", 5) == 0;
}

/** Lets the capture finish its file. It closes its socket while we draw: the kernel is slow at that. */
static void end_capture(struct capturer *c) {
    char word[64];

    close(c->hold);
    while (read(c->told, word, sizeof word) > 0 && !memmem(word, sizeof word, "done", 4))
        continue;
    close(c->told);
}

/** Starts strace, which runs the program. @return its process id */
static pid_t start_program(const struct request *w, const sigset_t *signals) {
    pid_t pid = fork();

    if (pid < 0)
        die(FAILED, "cannot start '%s': %s", w->program[0], strerror(errno));
    if (pid == 0) {
        sigprocmask(SIG_SETMASK, signals, NULL);
        record_calls(w->folder, w->name, false, 0, w->program, w->count);
    }
    return pid;
}

/** Runs the program under strace. Signals that end us are passed on to it. @return its wait status */
static int run_program(const struct request *w, pid_t capturer) {
    char *path = recording_path(w->folder, w->name, ".calls");
    struct running p = {.process = -1, .title = w->name, .waits = w->wait, .ours = {0, capturer}, .path = path};
    sigset_t set;
    sigset_t before;

    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGQUIT);
    if (sigprocmask(SIG_BLOCK, &set, &before) < 0)
        die(FAILED, "cannot wait for signals: %s", strerror(errno));
    background_adopt();
    p.strace = p.ours[0] = start_program(w, &before);
    int status = supervise(&p, &set);
    free(path);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return status;
}

static bool parse(int argc, char **argv, struct request *w) {
    int64_t buffer = 0;
    int i = 1;

    for (; i < argc && strcmp(argv[i], "--") != 0; i++) {
        bool has_value = i + 1 < argc;
        if (strcmp(argv[i], "--current-network") == 0)
            w->present = true;
        else if (strcmp(argv[i], "--no-draw") == 0)
            w->draw = false;
        else if (strcmp(argv[i], "--ascii") == 0)
            w->ascii = true;
        else if (strcmp(argv[i], "--wait") == 0)
            w->wait = true;
        else if (strcmp(argv[i], "-o") == 0 && has_value)
            w->folder = argv[++i];
        else if (strcmp(argv[i], "--name") == 0 && has_value)
            w->name = argv[++i];
        else if (strcmp(argv[i], "--buffer") == 0 && has_value && slice_number(slice_of(argv[++i]), &buffer, NULL) &&
                 buffer > 0 && buffer <= 1024)
            w->buffer = (int)buffer;
        else
            return false;
    }
    w->program = argv + i + 1;
    w->count = argc - i - 1;
    return w->count > 0;
}

/** Removes a recording that was made only to be drawn. */
static void remove_recording(const struct request *w) {
    static const char *const endings[] = {".calls", ".pcapng"};

    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        char *path = recording_path(w->folder, w->name, endings[i]);
        if (unlink(path) < 0 && errno != ENOENT)
            complain("cannot remove '%s': %s", path, strerror(errno));
        free(path);
    }
    if (rmdir(w->folder) < 0)
        complain("cannot remove '%s': %s", w->folder, strerror(errno));
}

static void draw(const struct request *w) {
    struct ladder_options options = {.ascii = w->ascii || needs_ascii(STDERR_FILENO)};

    fputc('\n', stderr);
    draw_recording(w->folder, &options, FORM_TEXT, NULL, terminal_width(STDERR_FILENO), wants_colours(STDERR_FILENO),
                   stderr);
}

static char *temporary_folder(void) {
    const char *where = getenv("TMPDIR");
    char *folder = NULL;

    if (asprintf(&folder, "%s/sockscope.XXXXXX", where && *where ? where : "/tmp") < 0)
        die(FAILED, "out of memory");
    if (!mkdtemp(folder))
        die(FAILED, "cannot make the folder '%s': %s", folder, strerror(errno));
    return folder;
}

/** A lane is named after its program; what a file's name may not have is replaced. */
static const char *name_after(const char *program, char name[static MAX_NAME + 1]) {
    const char *slash = strrchr(program, '/');
    const char *last = slash ? slash + 1 : program;

    while (*last == '.')
        last++;
    snprintf(name, MAX_NAME + 1, "%s", *last ? last : "program");
    for (char *c = name; *c; c++)
        if ((unsigned char)*c < ' ' || *c == 0x7f)
            *c = '?';
    return name;
}

int command_run(int argc, char **argv) {
    struct request w = {.draw = true};
    struct capturer capturer;

    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        fputs(help, stdout);
        return DONE;
    }
    if (!parse(argc, argv, &w)) {
        fputs(help, stderr);
        return USAGE;
    }
    if (!can_start(w.program[0]))
        die(errno == ENOENT ? 127 : 126, "cannot start '%s': %s", w.program[0], strerror(errno));
    char own[MAX_NAME + 1];
    if (!w.name)
        w.name = name_after(w.program[0], own);
    check_lane_name(w.name);
    char *temporary = w.folder ? NULL : temporary_folder();
    if (temporary)
        w.folder = temporary;
    free(recording_path(w.folder, w.name, ".calls"));
    if (!w.present && !make_private_network())
        complain("a private network is not allowed here (%s): using the current one", namespaces_trouble(errno));
    bool captures = start_capture(&w, &capturer);
    if (!captures)
        complain("continuing without packets");
    int status = run_program(&w, capturer.pid);
    end_capture(&capturer);
    signal(SIGPIPE, SIG_IGN); // when nobody reads the ladder, its folder is still to be removed
    if (w.draw)
        draw(&w);
    if (temporary)
        remove_recording(&w);
    free(temporary);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
