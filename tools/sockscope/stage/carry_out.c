/**
 * @file
 * What each command does.
 */
#include "faults.h"
#include "hosts.h"
#include "loop.h"
#include "programs.h"
#include "questions.h"
#include "settings.h"
#include "stage.h"
#include "waits.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

typedef void on_scene(struct scene *s, const struct command *c);
typedef void on_program(struct scene *s, struct program *p, const struct command *c);

static void tell_yes(struct scene *s) {
    tell_verdict(s, "yes");
}

static void tell_error(struct scene *s, const char *what, const char *name) {
    struct buffer text = {0};

    buffer_format(&text, "%s: %s", name, what);
    tell_verdict(s, "error", text.at);
    buffer_free(&text);
}

static void add_host(struct scene *s, const struct command *c) {
    struct buffer why = {0};

    if (host_add(s, c->words[1], (char **)(uintptr_t)c->words + 2, c->count - 2, &why))
        tell_yes(s);
    else
        tell_verdict(s, "error", why.at ? why.at : "a host cannot be made");
    buffer_free(&why);
}

static void set_host(struct scene *s, const struct command *c) {
    struct buffer why = {0};

    if (strcmp(c->words[0], "faults") == 0 ? host_faults(s, c, &why) : host_set(s, c, &why))
        tell_yes(s);
    else
        tell_verdict(s, "error", why.at ? why.at : "that cannot be set");
    buffer_free(&why);
}

static bool read_kind(const char *word, enum program_kind *kind) {
    static const char *const names[] = {
        [KIND_GIVEN] = "given",       [KIND_ANSWER] = "answer",     [KIND_SANITIZED] = "sanitized",
        [KIND_MEMCHECK] = "memcheck", [KIND_TERMINAL] = "terminal", [KIND_UNRECORDED] = "unrecorded"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], word) == 0) {
            *kind = (enum program_kind)i;
            return true;
        }
    return false;
}

/** A word that can stand in a file's name. */
static bool is_name(const char *name) {
    return name[0] != '\0' && name[0] != '.' && !strchr(name, '/') && strlen(name) < 100;
}

static void start(struct scene *s, const struct command *c) {
    struct start wish = {.name = c->words[1],
                         .host = scene_host(s, c->words[2]),
                         .lifetime = strtoll(c->words[4], NULL, 10) * 1000,
                         .variables = (char **)(uintptr_t)c->words + 5};
    int at = 5;

    while (at < c->count && strcmp(c->words[at], "--") != 0)
        at++;
    wish.variable_count = at - 5;
    wish.program = (char **)(uintptr_t)c->words + at + 1;
    wish.count = c->count - at - 1;
    if (!is_name(wish.name) || !read_kind(c->words[3], &wish.kind) || wish.lifetime <= 0 || wish.count < 1) {
        tell_error(s, "start NAME HOST HOW SECONDS [VARIABLE=VALUE]... -- PROGRAM [ARGUMENT]...", "usage");
        return;
    }
    if (strcmp(c->words[2], HERE) == 0)
        wish.host = NULL;
    else if (!wish.host) {
        tell_error(s, "there is no such host", c->words[2]);
        return;
    }
    const char *problem = program_start(s, &wish);
    if (problem)
        tell_error(s, problem, wish.name);
    else
        tell_yes(s);
}

static void send_signal(struct scene *s, struct program *p, const struct command *c) {
    static const struct {
        const char *name;
        int number;
    } signals[] = {{"INT", SIGINT},   {"TERM", SIGTERM}, {"HUP", SIGHUP},
                   {"STOP", SIGSTOP}, {"CONT", SIGCONT}, {"KILL", SIGKILL}};

    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        if (strcmp(signals[i].name, c->words[2]) == 0) {
            bool child = strcmp(c->words[0], "signal-child") == 0;
            tell_verdict(s, program_signal(p, signals[i].number, child) ? "yes" : "no");
            return;
        }
    tell_error(s, "no such signal", c->words[2]);
}

static void close_input(struct scene *s, struct program *p, const struct command *c) {
    (void)c;
    program_finish(p);
    tell_yes(s);
}

static void tell_begun(struct scene *s, struct program *p, const struct command *c) {
    (void)c;
    tell_verdict(s, program_has_begun(p) ? "yes" : "no");
}

static void tell_outlived(struct scene *s, struct program *p, const struct command *c) {
    (void)c;
    tell_verdict(s, p->outlived ? "yes" : "no");
}

static void settle(struct scene *s, const struct command *c) {
    (void)c;
    question_settle(s);
    tell_yes(s);
}

static void tell_spent(struct scene *s, const struct command *c) {
    struct rusage ended;
    char text[24];

    (void)c;
    getrusage(RUSAGE_CHILDREN, &ended);
    int64_t spent = (ended.ru_utime.tv_sec + ended.ru_stime.tv_sec) * 1000 +
                    (ended.ru_utime.tv_usec + ended.ru_stime.tv_usec) / 1000;
    for (size_t i = 0; i < s->program_count; i++)
        spent += program_spent(s->programs[i]);
    snprintf(text, sizeof text, "%lld", (long long)spent);
    tell_verdict(s, "yes", text);
}

static void end(struct scene *s, const struct command *c) {
    (void)c;
    scene_close(s);
    tell_yes(s);
    scene_end(s);
}

/** The commands, with the fewest and the most words that they have. */
static const struct {
    const char *name;
    int fewest, most;
    on_scene *on_scene;
    on_program *on_program; ///< for the program that the second word names
} commands[] = {{"host", 3, MAX_WORDS, add_host, NULL},
                {"ip", 3, MAX_WORDS, set_host, NULL},
                {"nft", 3, 3, set_host, NULL},
                {"sysctl", 4, 4, set_host, NULL},
                {"switch", 3, 3, set_host, NULL},
                {"faults", 2, 7, set_host, NULL},
                {"start", 7, MAX_WORDS, start, NULL},
                {"line", 3, 3, NULL, wait_for_line},
                {"expect", 4, MAX_WORDS, NULL, wait_for_texts},
                {"close", 2, 2, NULL, close_input},
                {"wait", 3, 3, NULL, wait_for_end},
                {"call", 4, 4, NULL, wait_for_call},
                {"complaint", 4, 4, NULL, wait_for_complaint},
                {"signal", 3, 3, NULL, send_signal},
                {"signal-child", 3, 3, NULL, send_signal},
                {"printed", 3, 3, question_text, NULL},
                {"printed-part", 3, 3, question_text, NULL},
                {"said", 3, 3, question_text, NULL},
                {"said-anything", 2, 2, question_text, NULL},
                {"has", 4, MAX_WORDS, question_has, NULL},
                {"waited", 3, 3, question_waited, NULL},
                {"packets", 1, 1, settle, NULL},
                {"begun", 2, 2, NULL, tell_begun},
                {"outlived", 2, 2, NULL, tell_outlived},
                {"spent", 1, 1, tell_spent, NULL},
                {"end", 1, 1, end, NULL}};

void stage_carry_out(struct scene *s, struct command *c) {
    // What was typed before a command has happened before it.
    for (size_t i = 0; i < s->program_count; i++)
        program_take_typed(s->programs[i]);
    for (size_t i = 0; c->count > 0 && i < sizeof commands / sizeof *commands; i++) {
        if (strcmp(commands[i].name, c->words[0]) != 0)
            continue;
        if (c->count < commands[i].fewest || c->count > commands[i].most) {
            tell_error(s, "a wrong number of words", c->words[0]);
        } else if (commands[i].on_scene) {
            commands[i].on_scene(s, c);
        } else {
            struct program *p = scene_program(s, c->words[1]);
            if (p)
                commands[i].on_program(s, p, c);
            else
                tell_error(s, "there is no such program", c->words[1]);
        }
        return;
    }
    tell_error(s, "there is no such command", c->count > 0 ? c->words[0] : "an empty line");
}
