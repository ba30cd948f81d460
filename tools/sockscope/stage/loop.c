/**
 * @file
 * The loop: one place where everybody waits.
 */
#include "loop.h"

#include "namespaces.h"
#include "programs.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PIECE = 16 * 1024 };

/** What is waited for in a turn. */
struct waits {
    struct pollfd *list;
    size_t count;
    size_t capacity;
};

void scene_write_packets(struct scene *s) {
    for (size_t i = 0; i < s->host_count; i++) {
        struct capture *c = &s->hosts[i].capture;
        if (!c->failed && !c->take(c))
            c->failed = true;
        packet_file_flush(&c->file);
    }
}

void scene_close(struct scene *s) {
    struct timespec now;

    for (size_t i = 0; i < s->program_count; i++)
        program_kill(s->programs[i]);
    scene_write_packets(s);
    clock_gettime(CLOCK_REALTIME, &now);
    for (size_t i = 0; i < s->host_count; i++) {
        struct capture *c = &s->hosts[i].capture;
        packet_file_close(&c->file, (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec, c->lost(c));
    }
    s->host_count = 0;
}

void scene_end(struct scene *s) {
    scene_close(s);
    if (!s->is_private)
        namespaces_kill_all();
    _exit(DONE); // and with the first process of a namespace ends everything in there
}

static struct program *recorded_by(const struct scene *s, pid_t pid) {
    for (size_t i = 0; i < s->program_count; i++)
        if (s->programs[i]->recorder == pid && !s->programs[i]->ended)
            return s->programs[i];
    return NULL;
}

static int exit_status(int status) {
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void note_end(struct program *p, int status) {
    p->ended = true;
    if (p->typed >= 0)
        close(p->typed);
    p->typed = -1;
    p->status = exit_status(status);
    // A recorder that has written too much is killed, and what it traced would go on without it.
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXFSZ)
        kill(-p->recorder, SIGKILL);
}

static void reap(struct scene *s) {
    int status = 0;

    for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;) {
        struct program *p = recorded_by(s, pid);
        if (p)
            note_end(p, status);
    }
}

static void wait_for(struct waits *w, int fd, short events) {
    w->list = grow(w->list, w->count, &w->capacity, sizeof *w->list);
    w->list[w->count++] = (struct pollfd){fd, events, 0};
}

static int64_t earlier(int64_t a, int64_t b) {
    return a < b ? a : b;
}

/** Ends programs that have lived too long. @return when to look again */
static int64_t end_the_old(const struct scene *s) {
    int64_t next = INT64_MAX, now = scene_now();

    for (size_t i = 0; i < s->program_count; i++) {
        struct program *p = s->programs[i];
        int64_t over = (p->self ? p->begun : p->started) + p->lifetime;
        if (p->ended || p->outlived)
            continue;
        if (now >= over && !p->self && program_has_begun(p))
            over = p->begun + p->lifetime;
        if (now >= over) {
            program_kill(p);
            p->outlived = true;
        } else {
            next = earlier(next, over);
        }
    }
    return next;
}

static int milliseconds_until(int64_t time) {
    if (time == INT64_MAX)
        return -1;
    int64_t left = time - scene_now();
    return left <= 0 ? 0 : left > INT32_MAX ? INT32_MAX : (int)left;
}

static void take_commands(struct scene *s) {
    char piece[PIECE];
    ssize_t count = read(STDIN_FILENO, piece, sizeof piece);

    if (count < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (count <= 0)
        scene_end(s); // nobody is left who could say more
    buffer_add(&s->commands, piece, (size_t)count);
}

static void take_signals(struct scene *s) {
    struct signalfd_siginfo info;

    while (read(s->children, &info, sizeof info) > 0)
        continue;
    reap(s);
}

static void note_waits(const struct scene *s, struct waits *w) {
    for (size_t i = 0; i < s->program_count; i++) {
        const struct program *p = s->programs[i];
        wait_for(w, p->typed, POLLIN);
        wait_for(w, p->waiting.size > 0 ? p->in : -1, POLLOUT);
        wait_for(w, p->report, POLLIN);
    }
    for (size_t i = 0; i < s->host_count; i++)
        wait_for(w, s->hosts[i].capture.failed ? -1 : s->hosts[i].capture.fd, POLLIN);
}

/** In the order of note_waits(). */
static void answer_waits(struct scene *s, const struct pollfd *w) {
    for (size_t i = 0; i < s->program_count; i++, w += 3) {
        struct program *p = s->programs[i];
        if (w[0].revents || w[1].revents)
            program_take_typed(p);
        if (w[2].revents)
            program_take_report(p);
    }
    for (size_t i = 0; i < s->host_count; i++, w++)
        if (w->revents && !s->hosts[i].capture.take(&s->hosts[i].capture))
            s->hosts[i].capture.failed = true;
}

void scene_turn(struct scene *s, int64_t until, int also, int too) {
    enum { COMMANDS, CHILDREN, GUARD, ALSO, TOO, OTHERS };
    struct waits w = {0};

    until = earlier(until, end_the_old(s));
    wait_for(&w, STDIN_FILENO, POLLIN);
    wait_for(&w, s->children, POLLIN);
    wait_for(&w, s->guard, 0);
    wait_for(&w, also, POLLIN);
    wait_for(&w, too, POLLIN);
    note_waits(s, &w);
    if (poll(w.list, w.count, milliseconds_until(until)) > 0) {
        if (w.list[GUARD].revents)
            scene_end(s);
        if (w.list[CHILDREN].revents)
            take_signals(s);
        answer_waits(s, w.list + OTHERS);
        if (w.list[COMMANDS].revents)
            take_commands(s);
    }
    free(w.list);
}
