/**
 * @file
 * `sockscope capture`: the packets of the present network namespace, on all its interfaces, into a pcapng
 * file.
 *
 * The kernel shows every packet of the loopback interface twice, on its way out and on its way in; the second
 * is kept.
 */
#include "capture.h"
#include "commands.h"
#include "pcapng.h"

#include <errno.h>
#include <net/if.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
    DRAIN_MS = 500, ///< the longest wait for the last packets
    MOST_BUFFER_MIB = 1024,
};

static const char help[] =
    "usage: sockscope capture [--interface NAME] [--buffer MIB] DIR NAME\n"
    "\n"
    "Captures the packets of the present network namespace, on all its interfaces, in DIR/NAME.pcapng "
    "(nanoseconds;\n"
    "Wireshark opens it). Prints \"ready\" when capturing has begun. Ends on SIGTERM, SIGINT or SIGHUP, or "
    "when its\n"
    "standard input is a pipe or a socket and ends. Then everything that the kernel had seen is in the file, "
    "and\n"
    "\"done\" is printed. A line on standard input is answered with \"written\" when the file holds all that "
    "was "
    "on\n"
    "the wire before. Packets lost for want of room are counted, told and recorded.\n"
    "  --interface NAME  capture this interface only, such as lo; else all of them\n"
    "  --buffer MIB   let libpcap keep that much memory for packets that wait to be written (16 holds "
    "100,000 small\n"
    "                 datagrams); without it, as much as a socket may hold, which begins faster\n"
    "Exit status: 0, 1 when it could not capture or write, 2 for wrong usage.\n";

static uint32_t interface_number(struct capture *c, uint32_t kernel_index) {
    char name[IF_NAMESIZE];

    for (uint32_t i = 0; i < c->interface_count; i++)
        if (c->interfaces[i] == kernel_index)
            return i;
    if (!if_indextoname(kernel_index, name))
        snprintf(name, sizeof name, "if%u", kernel_index % 100000); // it is gone already
    c->interfaces = grow(c->interfaces, c->interface_count, &c->interface_room, sizeof *c->interfaces);
    c->interfaces[c->interface_count] = kernel_index;
    if (!pcapng_write_interface(c->out, name, LINK_LINUX_SLL2))
        c->failed = true;
    return (uint32_t)c->interface_count++;
}

/** Every interface that is there gets its block at once: a reader learns the host's addresses from it. */
static void write_interfaces(struct capture *c) {
    struct if_nameindex *list = if_nameindex();

    for (struct if_nameindex *i = list; i && i->if_index != 0; i++)
        if (c->only == 0 || c->only == i->if_index)
            interface_number(c, i->if_index);
    if (list)
        if_freenameindex(list);
}

void capture_write(struct capture *c, uint32_t kernel_index, uint64_t nanoseconds, const void *bytes,
                   uint32_t captured, uint32_t length) {
    uint32_t number = interface_number(c, kernel_index);

    if (!pcapng_write_packet(c->out, number, nanoseconds, bytes, captured, length))
        c->failed = true;
    c->written++;
}

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

/** A word to whoever waits for it; a reader that has gone away is no reason to stop. */
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

/** Whoever writes a line is told when the file holds all that was on the wire before. */
static void answer_line(struct capture *c, int tell_fd) {
    drain(c);
    if (fflush(c->out) != 0)
        c->failed = true;
    tell(tell_fd, "written\n");
}

/** Waits for packets until a signal or the end of standard input. */
static void capture_until_told(struct capture *c, int signals, int input, int tell_fd) {
    struct pollfd wait[3] = {{c->fd, POLLIN, 0}, {signals, POLLIN, 0}, {input, POLLIN, 0}};
    char line[256];

    while (!c->failed) {
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
        if (fflush(c->out) != 0)
            c->failed = true;
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

static void open_file(struct capture *c, const char *path) {
    c->out = fopen(path, "we");
    if (!c->out)
        die(FAILED, "cannot write '%s': %s", path, strerror(errno));
    if (!pcapng_write_section(c->out, present_netns()))
        c->failed = true;
    write_interfaces(c);
    if (fflush(c->out) != 0 || c->failed)
        die(FAILED, "cannot write '%s': %s", path, strerror(errno));
}

static void close_file(struct capture *c, const char *path) {
    uint64_t lost = c->lost(c);
    uint64_t received = c->written + lost;

    if (c->interface_count > 0 && !pcapng_write_statistics(c->out, 0, nanoseconds_now(), received, lost))
        c->failed = true;
    if (fclose(c->out) != 0)
        c->failed = true;
    if (c->failed)
        complain("cannot write '%s' to its end: %s", path, strerror(errno));
    if (lost > 0)
        complain("%llu of %llu packets were lost: a larger --buffer holds more", (unsigned long long)lost,
                 (unsigned long long)received);
}

int capture_packets(const char *folder, const char *name, unsigned only, int buffer_mib, int tell_fd) {
    struct capture c = {.only = only};
    char *path = recording_path(folder, name, ".pcapng");
    int signals = catch_signals();

    signal(SIGPIPE, SIG_IGN);
    if (buffer_mib > 0)
        capture_open_ring(&c, buffer_mib);
    else
        capture_open_socket(&c);
    open_file(&c, path);
    tell(tell_fd, "ready\n");
    capture_until_told(&c, signals, watched_input(), tell_fd);
    drain(&c);
    close_file(&c, path);
    // The kernel takes its time to close a packet socket (up to 20 ms), so what is ready is said before.
    tell(tell_fd, "done\n");
    c.close(&c);
    free(c.interfaces);
    free(path);
    return c.failed ? FAILED : DONE;
}

int command_capture(int argc, char **argv) {
    int64_t buffer = 0;
    size_t used = 0;
    unsigned only = 0;

    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        fputs(help, stdout);
        return DONE;
    }
    if (argc > 2 && strcmp(argv[1], "--interface") == 0) {
        only = if_nametoindex(argv[2]);
        if (only == 0)
            die(USAGE, "there is no interface '%s' here", argv[2]);
        argc -= 2;
        argv += 2;
    }
    if (argc > 2 && strcmp(argv[1], "--buffer") == 0) {
        struct slice number = slice_of(argv[2]);
        if (!slice_number(number, &buffer, &used) || used != number.size || buffer < 1 ||
            buffer > MOST_BUFFER_MIB)
            die(USAGE, "'%s' is no size in MiB (1 to %d)", argv[2], MOST_BUFFER_MIB);
        argc -= 2;
        argv += 2;
    }
    if (argc != 3 || argv[1][0] == '-') {
        fputs(help, stderr);
        return USAGE;
    }
    return capture_packets(argv[1], argv[2], only, (int)buffer, STDOUT_FILENO);
}
