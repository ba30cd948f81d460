/**
 * @file
 * Putting a scene off until it is sure that nobody has played it before.
 */
#include "share.h"

#include "loop.h"
#include "programs.h"
#include "questions.h"
#include "transcript.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_PENDING = 16, PIECE = 4096 };

/** What a scene that shares is about. */
enum share_state {
    PUT_OFF, ///< all that it was told, another one was told, too
    PLAYED,  ///< it is played, and may still be the first of its kind
    TAKEN,   ///< it has another one's files
    ALONE,   ///< it goes its own way
};

/** A program that is to be started, perhaps. */
struct pending {
    char *name;
    int typed; ///< the FIFO for its input
};

struct share {
    const char *folder;
    enum share_state state;
    struct buffer told; ///< as in a transcript
    char *other;        ///< the transcript that agrees so far
    char *times[2];     ///< the last SECONDS and MS that were told: they do not make another scene
    struct pending pending[MOST_PENDING];
    int pending_count;
};

struct share *share_begin(const char *folder) {
    struct share *share = calloc(1, sizeof *share);

    if (!share)
        die(FAILED, "out of memory");
    share->folder = folder;
    return share;
}

static void stop_pending(struct share *share) {
    for (int i = 0; i < share->pending_count; i++) {
        close(share->pending[i].typed);
        free(share->pending[i].name);
    }
    share->pending_count = 0;
}

void share_end(struct share *share) {
    stop_pending(share);
    buffer_free(&share->told);
    free(share->other);
    free(share->times[0]);
    free(share->times[1]);
    free(share);
}

static bool is_one_of(const char *word, const char *const *list) {
    for (; *list; list++)
        if (strcmp(word, *list) == 0)
            return true;
    return false;
}

static bool can_wait(const char *word) {
    static const char *const actions[] = {"start", "call", "close", "wait", NULL};
    return is_one_of(word, actions);
}

static bool is_question(const char *word) {
    static const char *const questions[] = {"has",           "waited",  "printed", "printed-part", "said",
                                            "said-anything", "packets", "begun",   "outlived",     NULL};
    return is_one_of(word, questions);
}

/** Which word of an action is a time, SECONDS or MS; 0 for none. */
static int time_word(const char *action) {
    return strcmp(action, "start") == 0 ? 4 : strcmp(action, "close") == 0 ? 0 : 2;
}

static char **kept_time(struct share *share, const char *action) {
    return &share->times[strcmp(action, "start") == 0];
}

/** Notes an action without its time. */
static void note_action(struct share *share, struct command *c) {
    int at = time_word(c->words[0]);
    char *time = at > 0 && at < c->count ? c->words[at] : NULL;

    if (time) {
        free(*kept_time(share, c->words[0]));
        *kept_time(share, c->words[0]) = strdup(time);
        c->words[at] = (char *)(uintptr_t) "-";
    }
    join_words(&share->told, (const char *const *)(uintptr_t)c->words);
    if (time)
        c->words[at] = time;
}

static void note_typed(struct share *share, const char *name, const char *bytes, size_t count) {
    if (count == 0)
        return;
    buffer_format(&share->told, "typed\x1f%s\x1f", name);
    for (size_t i = 0; i < count; i++)
        buffer_format(&share->told, "%02x", (unsigned char)bytes[i]);
    buffer_text(&share->told, "\n");
}

/** Notes what was typed since the last command. */
static void take_typed(struct scene *s) {
    struct share *share = s->share;
    char piece[PIECE];
    ssize_t count = 0;

    for (int i = 0; i < share->pending_count; i++)
        while ((count = read(share->pending[i].typed, piece, sizeof piece)) > 0)
            note_typed(share, share->pending[i].name, piece, (size_t)count);
    for (size_t i = 0; i < s->program_count; i++) {
        struct program *p = s->programs[i];
        program_take_typed(p);
        note_typed(share, p->name, p->typed_now.at, p->typed_now.size);
        p->typed_now.size = 0;
    }
}

/** Whoever types finds the FIFO, though nobody was started. */
static bool pend(struct scene *s, const char *name) {
    struct share *share = s->share;
    int typed = share->pending_count < MOST_PENDING ? program_open_typed(s, name) : -1;

    if (typed >= 0)
        share->pending[share->pending_count++] = (struct pending){strdup(name), typed};
    return typed >= 0;
}

/** Carries out a line of what was told before, without another answer. */
static void play_again(struct scene *s, char *line, carry_out *play) {
    struct command c;

    command_split(line, &c);
    if (c.count == 3 && strcmp(c.words[0], "typed") == 0) {
        struct program *p = scene_program(s, c.words[1]);
        for (const char *hex = c.words[2]; p && hex[0] && hex[1]; hex += 2) {
            char byte = (char)strtol((char[]){hex[0], hex[1], '\0'}, NULL, 16);
            program_type(p, &byte, 1);
        }
    } else if (c.count > 0 && c.words[0][0] != '=') {
        int at = time_word(c.words[0]);
        if (at > 0 && at < c.count)
            c.words[at] = *kept_time(s->share, c.words[0]);
        play(s, &c);
    }
}

/** Plays all that was put off. */
static void play_all(struct scene *s, carry_out *play) {
    struct share *share = s->share;
    struct buffer told = {0};
    char *line = NULL;

    buffer_add(&told, share->told.at, share->told.size);
    if (share->state == TAKEN)
        transcript_give_back(s);
    share->state = PLAYED;
    stop_pending(share);
    s->quiet = true;
    while ((line = take_line(&told))) {
        play_again(s, line, play);
        free(line);
    }
    s->quiet = false;
    for (size_t i = 0; i < s->program_count; i++)
        s->programs[i]->typed_now.size = 0; // it is in what was told
    buffer_free(&told);
}

/** The result of a wait stands behind it: `=`, the count of lines and the exit status. */
static void note_result(struct share *share, const struct program *p) {
    buffer_format(&share->told, "=\x1f%d\x1f%d\n", p->lines, p->status);
}

/** Says what the other scene's program has come to, and that the wait is over. */
static void tell_result(struct share *share, const char *name) {
    char *line = strdup(share->other + share->told.size);
    struct command c;

    if (!line)
        die(FAILED, "out of memory");
    line[strcspn(line, "\n")] = '\0';
    buffer_format(&share->told, "%s\n", line);
    command_split(line, &c);
    write_line(STDOUT_FILENO, "output", name, c.words[1], "");
    write_line(STDOUT_FILENO, "exit", name, c.words[2]);
    free(line);
}

/** Says yes to what the other scene was told, too. @return false when it was not */
static bool put_off(struct scene *s, struct command *c) {
    struct share *share = s->share;
    size_t before = share->told.size;

    note_action(share, c);
    char *other = transcript_find(share->folder, &share->told);
    free(share->other);
    share->other = other;
    if (!other || (strcmp(c->words[0], "start") == 0 && !pend(s, c->words[1]))) {
        share->told.size = before;
        return false;
    }
    if (strcmp(c->words[0], "wait") == 0)
        tell_result(share, c->words[1]);
    tell_verdict(s, "yes");
    return true;
}

/** Plays an action, and notes it as long as all goes well. */
static void play_action(struct scene *s, struct command *c, carry_out *play) {
    struct share *share = s->share;
    char *name = strdup(c->count > 1 ? c->words[1] : "");
    bool waits = strcmp(c->words[0], "wait") == 0;

    if (!name)
        die(FAILED, "out of memory");
    note_action(share, c);
    play(s, c);
    const struct program *p = scene_program(s, name);
    if (!p || !s->agreed)
        share->state = ALONE;
    else if (waits)
        note_result(share, p);
    free(name);
}

static void ask(struct scene *s, struct command *c, carry_out *play) {
    struct share *share = s->share;

    if (share->state == PUT_OFF && share->told.size > 0) {
        if (transcript_take(s, share->folder, &share->told)) {
            share->state = TAKEN;
        } else {
            play_all(s, play);
            share->state = ALONE;
        }
    } else if (share->state == PLAYED) {
        question_settle(s);
        transcript_write(s, share->folder, &share->told);
        share->state = ALONE;
    }
    // In a scene that was kept, all went well.
    if (share->state == TAKEN && strcmp(c->words[0], "begun") == 0)
        tell_verdict(s, "yes");
    else if (share->state == TAKEN && strcmp(c->words[0], "outlived") == 0)
        tell_verdict(s, "no");
    else
        play(s, c);
}

void share_command(struct scene *s, char *line, carry_out *play) {
    struct share *share = s->share;
    struct command c;

    command_split(line, &c);
    if (c.count < 1 || share->state == ALONE || strcmp(c.words[0], "spent") == 0) {
        play(s, &c);
    } else if (is_question(c.words[0])) {
        take_typed(s);
        ask(s, &c, play);
    } else {
        take_typed(s);
        bool ends = strcmp(c.words[0], "end") == 0;
        if (share->state == TAKEN && !ends)
            play_all(s, play);
        if (share->state == PUT_OFF && (!can_wait(c.words[0]) || !put_off(s, &c)) && !ends)
            play_all(s, play);
        if (share->state == PLAYED && can_wait(c.words[0])) {
            play_action(s, &c, play);
        } else if (share->state != PUT_OFF || ends) {
            share->state = ALONE;
            play(s, &c);
        }
    }
}
