/**
 * @file
 * A scene from its beginning to its end.
 */
#include "stage.h"

#include "box_files.h"
#include "hosts.h"
#include "loop.h"
#include "namespaces.h"
#include "share.h"

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

/** Where results go is nothing that a program under test should find in its environment. */
static void clean_environment(void) {
    for (char **variable = environ; *variable;) {
        bool ours = strncmp(*variable, "BATS_", 5) == 0 || strncmp(*variable, "UDPLAB_", 7) == 0;
        char *name = strndup(*variable, strcspn(*variable, "="));
        if (ours && name && strcmp(name, "UDPLAB_TIMEOUT_MS") != 0)
            unsetenv(name); // and what comes after it moves here
        else
            variable++;
        free(name);
    }
    setenv("LC_ALL", "C", 1);
}

static int watch_children(void) {
    sigset_t set;

    signal(SIGPIPE, SIG_IGN);
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    int fd = sigprocmask(SIG_BLOCK, &set, NULL) < 0 ? -1 : signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    if (fd < 0)
        die(FAILED, "cannot wait for programs: %s", strerror(errno));
    return fd;
}

/** Nothing of what the shell has open is ours, but the terminal that it gives us. */
static void close_inherited(struct scene *s) {
    enum { FIRST = 3, ABOVE = 64 };
    unsigned kept = FIRST;

    for (int i = 0; i < 3 && s->terminal[0] >= 0; i++, kept++) {
        int above = fcntl(s->terminal[i], F_DUPFD_CLOEXEC, ABOVE);
        if (above < 0)
            die(USAGE, "%d is not an open descriptor: %s", s->terminal[i], strerror(errno));
        s->terminal[i] = above;
    }
    for (int i = 0; i < 3 && s->terminal[0] >= 0; i++) {
        dup3(s->terminal[i], FIRST + i, O_CLOEXEC);
        s->terminal[i] = FIRST + i;
    }
    close_range(kept, ~0U, 0);
}

static void greet(const struct scene *s, int64_t begun) {
    char took[24];

    snprintf(took, sizeof took, "%lld", (long long)(scene_now() - begun));
    write_line(STDOUT_FILENO, "yes", STAGE_PROTOCOL, s->is_private ? "private" : "shared", took);
}

static void carry_out_line(struct scene *s, char *line) {
    struct command c;

    if (s->share) {
        share_command(s, line, stage_carry_out);
    } else {
        command_split(line, &c);
        stage_carry_out(s, &c);
    }
}

void stage_play(struct scene *s, bool hide_libc_debug) {
    int64_t begun = scene_now();

    if (s->box_filter && !s->is_private)
        die(USAGE, "boxes need a scene with namespaces of its own: --box and --shared exclude each other");
    close_inherited(s);
    if (mkdir(s->recording, 0777) < 0 && errno != EEXIST)
        die(FAILED, "cannot make the recording '%s': %s", s->recording, strerror(errno));
    clean_environment();
    namespaces_enter(s);
    if (hide_libc_debug)
        namespaces_hide_libc_debug(s);
    if (s->box_filter && !box_furnish())
        die(FAILED, "cannot make a place for boxes in %s: %s", BOX_SHELF, strerror(errno));
    s->children = watch_children();
    if (s->is_private) // the hosts' cables are here, too: a switch, and no host
        host_capture(s, &(struct machine){.name = (char *)(uintptr_t)HERE, .netns = -1}, if_nametoindex("lo"));
    greet(s, begun);
    for (;;) {
        char *line = take_line(&s->commands);
        if (!line && s->commands.size > MAX_COMMAND)
            die(USAGE, "a command is longer than %d bytes", MAX_COMMAND);
        if (!line) {
            scene_turn(s, INT64_MAX, -1, -1);
            continue;
        }
        carry_out_line(s, line);
        free(line);
    }
}
