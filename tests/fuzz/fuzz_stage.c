/**
 * @file
 * Fuzz target: any bytes as commands to the stage, on a scene that has neither a network nor programs. What would start
 * one, or end the fuzzer, is left out; a host's addresses are read all the same, and so is what is shared.
 */
#include "tools/sockscope/stage/address_plan.h"
#include "tools/sockscope/stage/share.h"
#include "tools/sockscope/stage/stage.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/** In place of playing. */
static void agree(struct scene *s, struct command *c) {
    s->agreed = c->count % 3 != 0;
}

static void carry_out_harmless(struct scene *s, char *line) {
    static const char *const left_out[] = {"start", "end"};
    struct command c;
    struct address_plan plan;
    struct buffer why = {0}, again = {0};

    command_split(line, &c);
    if (c.count < 1)
        return;
    for (size_t i = 0; i < sizeof left_out / sizeof *left_out; i++)
        if (strcmp(c.words[0], left_out[i]) == 0)
            return;
    join_words(&again, (const char *const *)(uintptr_t)c.words);
    if (address_plan_read(&plan, c.words + 1, c.count - 1, &why))
        for (int i = 1; i < plan.count; i++)
            (void)same_network(&plan.list[0], &plan.list[i]);
    stage_carry_out(s, &c);
    buffer_free(&why);
    buffer_free(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct scene alone = {
        .folder = "/nonexistent", .recording = "/nonexistent/recording", .children = -1, .guard = -1, .end = INT64_MAX};
    struct scene shared = alone;
    struct buffer input = {0};
    char *line = NULL;

    shared.share = share_begin("/nonexistent");
    buffer_add(&input, data, size);
    while ((line = take_line(&input))) {
        char *copy = strdup(line);
        carry_out_harmless(&alone, line);
        share_command(&shared, copy, agree);
        free(line);
        free(copy);
    }
    share_end(shared.share);
    buffer_free(&input);
    return 0;
}
