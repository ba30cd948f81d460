/**
 * @file
 * What goes into a program and what comes out of it.
 */
#include "programs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    PIECE = 16 * 1024,
    MOST_WAITING = 1 << 20, ///< bytes that were typed and that nobody has taken
    MOST_LINE = 256 * 1024, ///< bytes that were printed without a newline
    MOST_REPORTED = 4 << 20,
};

static void close_input(struct program *p) {
    close(p->in);
    p->in = -1;
}

static void drop(struct buffer *b, size_t count) {
    b->size -= count;
    memmove(b->at, b->at + count, b->size);
}

/** Hands on what fits. A program that reads no more gets no more. */
static void hand_on(struct program *p) {
    while (p->in >= 0 && p->waiting.size > 0) {
        ssize_t written = write(p->in, p->waiting.at, p->waiting.size);
        if (written < 0 && errno == EAGAIN)
            return;
        if (written < 0)
            close_input(p);
        else
            drop(&p->waiting, (size_t)written);
    }
    if (p->in >= 0 && p->finishing)
        close_input(p);
}

static void give(struct program *p, const char *bytes, size_t count) {
    buffer_add(&p->waiting, bytes, count);
    buffer_add(&p->typed_now, bytes, count);
}

void program_type(struct program *p, const char *bytes, size_t count) {
    give(p, bytes, count);
    hand_on(p);
}

void program_take_typed(struct program *p) {
    char piece[PIECE];
    ssize_t count = 0;

    while (p->typed >= 0 && p->waiting.size < MOST_WAITING && (count = read(p->typed, piece, sizeof piece)) > 0)
        give(p, piece, (size_t)count);
    hand_on(p);
}

void program_finish(struct program *p) {
    program_take_typed(p);
    if (p->typed >= 0)
        close(p->typed);
    p->typed = -1;
    p->finishing = true;
    hand_on(p);
}

bool program_fill(struct program *p) {
    char piece[PIECE];

    while (p->out >= 0 && !(p->printed.size > 0 && memchr(p->printed.at, '\n', p->printed.size))) {
        ssize_t count = read(p->out, piece, sizeof piece);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0 && errno == EAGAIN)
            return true;
        if (count <= 0) {
            close(p->out);
            p->out = -1;
            return true;
        }
        buffer_add(&p->printed, piece, (size_t)count);
        if (p->printed.size > MOST_LINE)
            return false;
    }
    return true;
}

void program_take_report(struct program *p) {
    char piece[PIECE];
    ssize_t count = read(p->report, piece, sizeof piece);

    if (count > 0 && lseek(p->report_file, 0, SEEK_CUR) < MOST_REPORTED &&
        write(p->report_file, piece, (size_t)count) == count)
        return;
    close(p->report);
    close(p->report_file); // without its last line, it is seen to be incomplete
    p->report = -1;
}
