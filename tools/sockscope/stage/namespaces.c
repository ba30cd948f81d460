/**
 * @file
 * Namespaces of our own where the machine allows them, else the loopback that everybody shares.
 */
#include "namespaces.h"

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LOOPBACK_SECONDS = 300 }; ///< the longest wait for other scenes

bool write_text(const char *path, const char *text) {
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    bool done = fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text);

    if (fd >= 0 && close(fd) < 0)
        done = false;
    return done;
}

const char *namespaces_trouble(int error) {
    return error == ENOSPC ? "user namespaces are limited by /proc/sys/user/max_user_namespaces" : strerror(error);
}

bool loopback_up(void) {
    struct ifreq request = {.ifr_name = "lo"};
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

    if (fd < 0)
        return false;
    request.ifr_flags = IFF_UP | IFF_RUNNING;
    bool done = ioctl(fd, SIOCSIFFLAGS, &request) == 0;
    close(fd);
    return done;
}

enum { OWN_NAMESPACES = CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWNS | CLONE_NEWPID };

static bool unshare_all(void) {
    char map[64];
    uid_t uid = geteuid();
    gid_t gid = getegid();

    if (unshare(OWN_NAMESPACES) < 0)
        return false;
    snprintf(map, sizeof map, "0 %u 1", uid);
    bool done = write_text("/proc/self/uid_map", map) && write_text("/proc/self/setgroups", "deny");
    snprintf(map, sizeof map, "0 %u 1", gid);
    return done && write_text("/proc/self/gid_map", map);
}

static bool map_of(pid_t pid, const char *which, const char *user) {
    char path[64], map[96];

    snprintf(path, sizeof path, "/proc/%d/%s", pid, which);
    snprintf(map, sizeof map, "0 0 1\n%s %s 1\n", user, user);
    return write_text(path, map);
}

/** Root, and a second user for programs in boxes: only a process outside of the namespace may map two. */
static bool unshare_with_user(const char *user) {
    int unshared[2];
    int status = 0;
    pid_t us = getpid();

    if (pipe2(unshared, O_CLOEXEC) < 0)
        return false;
    pid_t outside = fork();
    if (outside == 0) {
        char byte;
        close(unshared[1]);
        bool told = read(unshared[0], &byte, 1) == 1;
        _exit(!told ? ECHILD : map_of(us, "uid_map", user) && map_of(us, "gid_map", user) ? 0 : errno);
    }
    bool done = outside > 0 && unshare(OWN_NAMESPACES) == 0 && write(unshared[1], "", 1) == 1;
    close(unshared[0]);
    close(unshared[1]);
    if (outside < 0 || waitpid(outside, &status, 0) != outside || !done)
        return false;
    errno = WIFEXITED(status) ? WEXITSTATUS(status) : ECHILD;
    return errno == 0;
}

/** What only the first process can set up. The servers' port is never by chance a client's, which would hear itself. */
static bool furnish(void) {
    return mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
           mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) == 0 && loopback_up() &&
           write_text("/proc/sys/net/ipv4/ip_local_reserved_ports", "43211");
}

void namespaces_kill_all(void) {
    for (;;) {
        FILE *list = fopen("/proc/thread-self/children", "re");
        int pid = 0, found = 0;
        while (list && fscanf(list, "%d", &pid) == 1) {
            kill(pid, SIGKILL);
            found++;
        }
        if (list)
            fclose(list);
        // Those of a child that has ended become ours, so the next round finds them.
        if (waitpid(-1, NULL, 0) < 0 && errno == ECHILD)
            return;
        if (found == 0 && !list)
            return;
    }
}

/** The descriptors that the guard keeps. */
enum { GUARDS_TERMINAL = 0, GUARDS_PIPE = 1, GUARDS_NOTHING = 2 };

static void keep_only(int terminal, int alive) {
    int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);

    dup2(terminal >= 0 ? terminal : nothing, GUARDS_TERMINAL);
    dup2(alive, GUARDS_PIPE);
    dup2(nothing, GUARDS_NOTHING);
    close_range(GUARDS_NOTHING + 1, ~0U, 0);
}

/** Only here has the process group a number that had the terminal before. */
static void give_terminal_back(pid_t foreground) {
    signal(SIGTTOU, SIG_IGN);
    if (isatty(GUARDS_TERMINAL))
        tcsetpgrp(GUARDS_TERMINAL, foreground);
}

/** Stays with the shell, for which a coprocess that has ended would be one without pipes, until the scene is over. */
static _Noreturn void guard(const struct scene *s, pid_t stage, int alive) {
    int status = 0;
    pid_t foreground = s->terminal[0] >= 0 ? tcgetpgrp(s->terminal[0]) : -1;

    keep_only(s->terminal[0], alive);
    while (waitpid(stage, &status, 0) < 0 && errno == EINTR)
        continue;
    namespaces_kill_all();
    give_terminal_back(foreground);
    _exit(WIFEXITED(status) ? WEXITSTATUS(status) : FAILED);
}

static void nothing_to_do(int number) {
    (void)number;
}

/** One loopback for everybody: one scene at a time. */
static void take_loopback(void) {
    struct sigaction wake = {.sa_handler = nothing_to_do};
    int fd = open("/tmp", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    sigaction(SIGALRM, &wake, NULL);
    alarm(LOOPBACK_SECONDS);
    if (fd < 0 || flock(fd, LOCK_EX) < 0)
        die(FAILED, "another scene has had this machine's loopback for %d s", LOOPBACK_SECONDS);
    alarm(0);
}

/** The child goes on. It dies with the guard, or where no namespace would end its children, is told by the pipe. */
static void part_from_guard(struct scene *s) {
    int alive[2];

    if (pipe2(alive, O_CLOEXEC) < 0)
        die(FAILED, "cannot make a pipe: %s", strerror(errno));
    pid_t pid = fork();
    if (pid < 0)
        die(FAILED, "cannot start a process: %s", strerror(errno));
    if (pid > 0)
        guard(s, pid, alive[1]);
    close(alive[1]);
    s->guard = alive[0];
    if (s->is_private)
        prctl(PR_SET_PDEATHSIG, SIGKILL);
    struct pollfd gone = {s->guard, 0, 0};
    if (poll(&gone, 1, 0) > 0)
        _exit(FAILED);
    setpgid(0, 0); // the terminal's Ctrl-C is for others
}

void namespaces_enter(struct scene *s) {
    if (s->is_private && !(s->box_user ? unshare_with_user(s->box_user) : unshare_all()))
        die(FAILED, "no private network is allowed here: %s", namespaces_trouble(errno));
    if (!s->is_private)
        prctl(PR_SET_CHILD_SUBREAPER, 1); // of the guard, to which falls what we leave
    part_from_guard(s);
    if (s->is_private && !furnish())
        die(FAILED, "a private network cannot be furnished here: %s", strerror(errno));
    if (!s->is_private) {
        prctl(PR_SET_CHILD_SUBREAPER, 1);
        take_loopback();
    }
}
