/**
 * @file
 * Finding what a scene has.
 */
#include "scene.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

int64_t scene_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

bool is_under_test(enum program_kind kind) {
    return kind == KIND_ANSWER || kind == KIND_SANITIZED || kind == KIND_MEMCHECK;
}

struct program *scene_program(const struct scene *s, const char *name) {
    for (size_t i = s->program_count; i-- > 0;)
        if (strcmp(s->programs[i]->name, name) == 0)
            return s->programs[i];
    return NULL;
}

struct machine *scene_host(const struct scene *s, const char *name) {
    for (size_t i = 0; i < s->host_count; i++)
        if (strcmp(s->hosts[i].name, name) == 0)
            return &s->hosts[i];
    return NULL;
}

void scene_tell(struct scene *s, const char *const *words) {
    s->agreed = strcmp(words[0], "yes") == 0;
    if (!s->quiet)
        write_words(STDOUT_FILENO, words); // nobody to read it is seen by the end of what they say
}
