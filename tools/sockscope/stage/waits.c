/**
 * @file
 * Waiting for what a program prints, and for its end.
 */
#include "waits.h"

#include "../base/clean.h"

#include "loop.h"
#include "patience.h"
#include "programs.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_LINES = 1000 }; ///< of a program that prints what is asked for

/** How a wait for a line ended. */
enum got { LINE, END, LATE, ENDLESS };

static struct patience patience_of(const char *milliseconds) {
    return patience_begin(strtoll(milliseconds, NULL, 10));
}

/** @return how many bytes are left without the NUL bytes, which nobody sees on a terminal either */
static size_t drop_nul_bytes(char *text, size_t size) {
    size_t kept = 0;

    for (size_t i = 0; i < size; i++)
        if (text[i] != '\0')
            text[kept++] = text[i];
    return kept;
}

/** Takes a line out of what was printed, fit to be shown, and without blanks at its end. */
static char *take_printed(struct program *p) {
    char *end = memchr(p->printed.at, '\n', p->printed.size);
    size_t size = end ? (size_t)(end - p->printed.at) : p->printed.size;
    size_t used = end ? size + 1 : size;
    struct buffer line = {0};

    buffer_text(&line, "");
    clean_text(&line, (struct slice){p->printed.at, drop_nul_bytes(p->printed.at, size)});
    while (line.size > 0 && isspace((unsigned char)line.at[line.size - 1]))
        line.at[--line.size] = '\0';
    p->printed.size -= used;
    memmove(p->printed.at, p->printed.at + used, p->printed.size);
    return line.at;
}

static void tell_line(struct program *p, const char *line) {
    char count[16];

    fprintf(p->transcript, "%s\n", line);
    fflush(p->transcript);
    snprintf(count, sizeof count, "%d", p->lines);
    write_line(STDOUT_FILENO, "output", p->name, count, line);
}

static void tell_end(struct program *p) {
    char status[16];

    if (p->told)
        return;
    p->told = true;
    snprintf(status, sizeof status, "%d", p->status);
    write_line(STDOUT_FILENO, "exit", p->name, status);
}

static enum got endless(struct program *p) {
    program_kill(p);
    p->printed.size = p->printed.size < 100 ? p->printed.size : 100; // enough to be told
    return ENDLESS;
}

/** Waits for the next line, and sets it; free(3) it. */
static enum got next_line(struct scene *s, struct program *p, struct patience *t, char **line) {
    int64_t next = INT64_MAX;

    *line = NULL;
    for (;;) {
        bool fits = program_fill(p);
        bool whole = p->printed.size > 0 && (p->out < 0 || memchr(p->printed.at, '\n', p->printed.size));
        if (!fits || (whole && p->lines == MOST_LINES)) {
            enum got got = endless(p);
            *line = take_printed(p);
            return got;
        }
        if (whole) {
            p->lines++;
            *line = take_printed(p);
            tell_line(p, *line);
            return LINE;
        }
        if (p->out < 0 && p->report < 0 && p->ended)
            return END;
        if (patience_is_over(s, t, p, &next))
            return LATE;
        scene_turn(s, next, p->out, t->begins);
    }
}

/** The verdict on a wait that has brought nothing. */
static void tell_nothing(struct scene *s, struct program *p, const struct patience *t, enum got got, const char *line) {
    if (got == END)
        tell_end(p);
    if (got == ENDLESS)
        tell_verdict(s, "no", "endless", line);
    else
        tell_verdict(s, "no", got == END ? "ended" : "late", t->other ? t->other->name : "");
}

void wait_for_line(struct scene *s, struct program *p, const struct command *c) {
    struct patience t = patience_of(c->words[2]);
    char *line = NULL;
    enum got got = next_line(s, p, &t, &line);

    if (got == LINE)
        tell_verdict(s, "yes", line);
    else
        tell_nothing(s, p, &t, got, line);
    free(line);
    patience_end(&t);
}

/** @return what the * of a text stands for in a line, "" without a *; free(3) it. NULL when the line is another one */
static char *match(const char *line, const char *text) {
    const char *star = strchr(text, '*');
    size_t size = strlen(line);

    if (!star)
        return strcmp(line, text) == 0 ? strdup("") : NULL;
    size_t before = (size_t)(star - text), after = strlen(star + 1);
    if (size < before + after || strncmp(line, text, before) != 0 || strcmp(line + size - after, star + 1) != 0)
        return NULL;
    return strndup(line + before, size - before - after);
}

void wait_for_texts(struct scene *s, struct program *p, const struct command *c) {
    struct patience t = patience_of(c->words[2]);
    const char **missing = (const char **)(uintptr_t)(c->words + 3);
    int count = c->count - 3;
    char *line = NULL, *matched = NULL;
    enum got got = LINE;

    while (count > 0 && (got = next_line(s, p, &t, &line)) == LINE) {
        for (int i = 0; i < count; i++) {
            char *here = match(line, missing[i]);
            if (!here)
                continue;
            free(matched);
            matched = here;
            missing[i] = missing[--count];
            break;
        }
        free(line);
        line = NULL;
        t.begun = scene_now(); // each line may take its time
    }
    if (count == 0)
        tell_verdict(s, "yes", matched ? matched : "");
    else
        tell_nothing(s, p, &t, got, line);
    free(line);
    free(matched);
    patience_end(&t);
}

void wait_for_end(struct scene *s, struct program *p, const struct command *c) {
    struct patience t = patience_of(c->words[2]);
    char *line = NULL;
    enum got got = LINE;

    while ((got = next_line(s, p, &t, &line)) == LINE) {
        free(line);
        t.begun = scene_now();
    }
    if (got == END) {
        tell_end(p);
        tell_verdict(s, "yes");
    } else {
        tell_nothing(s, p, &t, got, line);
    }
    free(line);
    patience_end(&t);
}
