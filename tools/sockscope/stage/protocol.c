/**
 * @file
 * Lines that become words, and words that become lines.
 */
#include "protocol.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BETWEEN_WORDS = 0x1f, NEWLINE_IN_WORD = 0x1e };

void command_split(char *line, struct command *command) {
    static const char separator[] = {BETWEEN_WORDS, '\0'};

    command->count = 0;
    for (char *rest = line[0] ? line : NULL; rest;) {
        if (command->count == MAX_WORDS) {
            command->count = -1;
            return;
        }
        char *word = strsep(&rest, separator);
        for (char *c = word; *c; c++)
            if (*c == NEWLINE_IN_WORD)
                *c = '\n';
        command->words[command->count++] = word;
    }
    command->words[command->count] = NULL;
}

char *take_line(struct buffer *input) {
    char *end = input->size > 0 ? memchr(input->at, '\n', input->size) : NULL;

    if (!end)
        return NULL;
    size_t size = (size_t)(end - input->at);
    char *line = strndup(input->at, size);
    if (!line)
        die(FAILED, "out of memory");
    input->size -= size + 1;
    memmove(input->at, end + 1, input->size);
    return line;
}

static bool write_all(int fd, const char *bytes, size_t count) {
    while (count > 0) {
        ssize_t written = write(fd, bytes, count);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        bytes += written;
        count -= (size_t)written;
    }
    return true;
}

void join_words(struct buffer *line, const char *const *words) {
    for (size_t i = 0; words[i]; i++) {
        if (i > 0)
            buffer_add(line, &(char){BETWEEN_WORDS}, 1);
        for (const char *c = words[i]; *c; c++)
            buffer_add(line, *c == '\n' ? &(char){NEWLINE_IN_WORD} : c, 1);
    }
    buffer_text(line, "\n");
}

bool write_words(int fd, const char *const *words) {
    struct buffer line = {0};

    join_words(&line, words);
    bool done = write_all(fd, line.at, line.size);
    buffer_free(&line);
    return done;
}
