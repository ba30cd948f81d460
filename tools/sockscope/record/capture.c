/**
 * @file
 * The packets of the current network namespace, on all its interfaces, into a pcapng file.
 *
 * The kernel shows every packet of the loopback interface twice, on its way out and on its way in; the second
 * is kept.
 */
#include "capture.h"

#include "folder.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { DRAIN_MS = 500 }; ///< the longest wait for the last packets

static int64_t milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static uint64_t nanoseconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/** Writes a word to the reader of tell_fd; capturing goes on when nobody reads. */
static void tell(int fd, const char *word) {
    if (write(fd, word, strlen(word)) < 0)
        return;
}

/** Takes what the kernel has seen and not handed over yet. */
static void drain(struct capture *c) {
    struct pollfd wait = {c->fd, POLLIN, 0};
    int64_t deadline = milliseconds() + DRAIN_MS;

    while (c->take(c) && !c->drained(c) && milliseconds() < deadline)
        if (poll(&wait, 1, BLOCK_MS) < 0 && errno != EINTR)
            return;
}

/** Answers a line on standard input: the file holds all that was on the wire before. */
static void answer_line(struct capture *c, int tell_fd) {
    drain(c);
    packet_file_flush(&c->file);
    tell(tell_fd, "written\n");
}

/** Waits for packets until a signal or the end of standard input. */
static void capture_until_told(struct capture *c, int signals, int input, int tell_fd) {
    struct pollfd wait[3] = {{c->fd, POLLIN, 0}, {signals, POLLIN, 0}, {input, POLLIN, 0}};
    char line[256];

    while (!c->failed && !c->file.failed) {
        if (poll(wait, 3, -1) < 0) {
            if (errno == EINTR)
                continue;
            die(FAILED, "waiting for packets failed: %s", strerror(errno));
        }
        if (wait[0].revents && !c->take(c))
            c->failed = true;
        if (wait[1].revents)
            return;
        if (wait[2].revents) {
            if (read(input, line, sizeof line) <= 0)
                return;
            answer_line(c, tell_fd);
        }
        packet_file_flush(&c->file);
    }
}

static int catch_signals(void) {
    sigset_t set;

    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    int fd = sigprocmask(SIG_BLOCK, &set, NULL) < 0 ? -1 : signalfd(-1, &set, SFD_CLOEXEC);
    if (fd < 0)
        die(FAILED, "cannot catch signals: %s", strerror(errno));
    return fd;
}

/** Only a pipe or a socket can end; /dev/null, the input of a job in the background, says nothing. */
static int watched_input(void) {
    struct stat about;
    bool ends = fstat(STDIN_FILENO, &about) == 0 && (S_ISFIFO(about.st_mode) || S_ISSOCK(about.st_mode));
    return ends ? STDIN_FILENO : -1;
}

/** Ends the file, and says what is missing in it. */
static void finish_file(struct capture *c, const char *path) {
    uint64_t lost = c->lost(c);

    packet_file_close(&c->file, nanoseconds_now(), lost);
    if (c->failed || c->file.failed)
        complain("cannot write '%s' to its end: %s", path, strerror(errno));
    if (lost > 0)
        complain("%llu of %llu packets were lost: a larger --buffer holds more", (unsigned long long)lost,
                 (unsigned long long)(c->file.written + lost));
}

int capture_packets(const char *folder, const char *name, unsigned only, int buffer_mib, int tell_fd) {
    struct capture c = {.file.only = only};
    char *path = recording_path(folder, name, ".pcapng");
    int signals = catch_signals();

    signal(SIGPIPE, SIG_IGN);
    if (buffer_mib > 0)
        capture_open_ring(&c, buffer_mib);
    else
        capture_open_socket(&c);
    packet_file_open(&c.file, path, current_netns());
    tell(tell_fd, "ready\n");
    capture_until_told(&c, signals, watched_input(), tell_fd);
    drain(&c);
    finish_file(&c, path);
    // The kernel needs up to 20 ms to close a packet socket, and the file is complete already.
    tell(tell_fd, "done\n");
    c.close(&c);
    free(path);
    return c.failed || c.file.failed ? FAILED : DONE;
}
