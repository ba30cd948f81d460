/**
 * @file
 * What is asked about a scene, answered without another process.
 */
#include "questions.h"

#include "../read/load.h"
#include "../read/question.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void tell(struct scene *s, bool yes) {
    tell_verdict(s, yes ? "yes" : "no");
}

void question_has(struct scene *s, const struct command *c) {
    question_settle(s);
    int status = recording_has(s->recording, c->count - 1, (char **)(uintptr_t)(c->words + 1));

    if (status == USAGE)
        tell_verdict(s, "error", "the recording cannot be asked that");
    else
        tell(s, status == DONE);
}

/** From a program's last datagram to its last event. @return false when it has sent none, or waited less */
static bool has_waited(const struct recording *r, const char *name, int64_t nanoseconds) {
    int64_t sent = 0, last = 0;

    for (size_t i = 0; i < r->event_count; i++) {
        const struct event *e = &r->events[i];
        if (e->kind == EVENT_PACKET || !lane_is_named(r, e->lane, name))
            continue;
        last = e->time;
        if (e->kind == EVENT_CALL && strcmp(call_action(r, &e->call), "send") == 0)
            sent = e->time;
    }
    return sent != 0 && last - sent >= nanoseconds;
}

void question_waited(struct scene *s, const struct command *c) {
    struct recording r;

    question_settle(s);
    if (recording_load(s->recording, &r))
        tell(s, has_waited(&r, c->words[1], strtoll(c->words[2], NULL, 10) * 1000000));
    else
        tell_verdict(s, "error", "the recording cannot be read");
    recording_free(&r);
}

static bool line_fits(char *line, const char *text, bool part) {
    size_t length = strlen(line);

    if (part)
        return strstr(line, text) != NULL;
    while (length > 0 && isspace((unsigned char)line[length - 1]))
        line[--length] = '\0';
    return strcmp(line, text) == 0;
}

void question_text(struct scene *s, const struct command *c) {
    bool printed = strncmp(c->words[0], "printed", 7) == 0;
    bool part = strcmp(c->words[0], "printed-part") == 0 || strcmp(c->words[0], "said-anything") == 0;
    struct buffer path = {0};
    char *line = NULL;
    size_t room = 0;
    bool found = false;

    buffer_format(&path, "%s/%s.%s", s->folder, c->words[1], printed ? "printed" : "err");
    FILE *file = fopen(path.at, "re");
    while (!found && file && getline(&line, &room, file) >= 0)
        found = line_fits(line, c->count > 2 ? c->words[2] : "", part);
    if (file)
        fclose(file);
    free(line);
    buffer_free(&path);
    tell(s, found);
}
