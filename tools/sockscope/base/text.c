/**
 * @file
 * Slices, buffers, messages.
 */
#include "text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct slice slice_of(const char *text) {
    return (struct slice){text, strlen(text)};
}

bool slice_is(struct slice s, const char *text) {
    return s.size == strlen(text) && (s.size == 0 || memcmp(s.at, text, s.size) == 0);
}

bool slice_starts(struct slice s, const char *text) {
    size_t length = strlen(text);
    return s.size >= length && memcmp(s.at, text, length) == 0;
}

struct slice slice_skip(struct slice s, size_t count) {
    if (count > s.size)
        count = s.size;
    return (struct slice){s.at + count, s.size - count};
}

struct slice slice_trim(struct slice s) {
    while (s.size > 0 && (s.at[0] == ' ' || s.at[0] == '\t'))
        s = slice_skip(s, 1);
    while (s.size > 0 && (s.at[s.size - 1] == ' ' || s.at[s.size - 1] == '\t' || s.at[s.size - 1] == '\r'))
        s.size--;
    return s;
}

size_t slice_find(struct slice s, const char *text) {
    const char *hit = s.size ? memmem(s.at, s.size, text, strlen(text)) : NULL;
    return hit ? (size_t)(hit - s.at) : s.size;
}

static int digit_value(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return 99;
}

bool slice_number(struct slice s, int64_t *value, size_t *used) {
    size_t i = 0;
    bool negative = i < s.size && s.at[i] == '-';
    uint64_t number = 0;
    uint64_t base = 10;

    i += negative;
    if (i + 1 < s.size && s.at[i] == '0' && s.at[i + 1] == 'x') {
        base = 16;
        i += 2;
    } else if (i < s.size && s.at[i] == '0') {
        base = 8;
    }
    size_t first = i;
    for (; i < s.size && digit_value(s.at[i]) < (int)base; i++)
        number = number * base + (uint64_t)digit_value(s.at[i]); // wraps like the kernel's own numbers
    if (i == first)
        return false;
    *value = (int64_t)(negative ? 0 - number : number);
    if (used)
        *used = i;
    return true;
}

void *grow(void *array, size_t count, size_t *capacity, size_t size) {
    if (array && count < *capacity)
        return array;
    size_t more = *capacity ? *capacity + *capacity / 2 + 1 : 16;
    void *bigger = reallocarray(array, more, size);
    if (!bigger)
        die(FAILED, "out of memory");
    *capacity = more;
    return bigger;
}

static void buffer_reserve(struct buffer *b, size_t count) {
    if (b->at && b->capacity - b->size > count)
        return;
    size_t capacity = b->capacity * 2 + count + 64;
    char *bigger = realloc(b->at, capacity);
    if (!bigger)
        die(FAILED, "out of memory");
    b->at = bigger;
    b->capacity = capacity;
}

void buffer_add(struct buffer *b, const void *bytes, size_t count) {
    buffer_reserve(b, count);
    if (count)
        memcpy(b->at + b->size, bytes, count);
    b->size += count;
    b->at[b->size] = '\0';
}

void buffer_text(struct buffer *b, const char *text) {
    buffer_add(b, text, strlen(text));
}

void buffer_format(struct buffer *b, const char *format, ...) {
    va_list arguments;
    char *text = NULL;

    va_start(arguments, format);
    int length = vasprintf(&text, format, arguments);
    va_end(arguments);
    if (length < 0)
        die(FAILED, "out of memory");
    buffer_add(b, text, (size_t)length);
    free(text);
}

void buffer_free(struct buffer *b) {
    free(b->at);
    *b = (struct buffer){0};
}

static void say(const char *format, va_list arguments) {
    fflush(stdout);
    fputs("sockscope: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
}

void complain(const char *format, ...) {
    va_list arguments;

    va_start(arguments, format);
    say(format, arguments);
    va_end(arguments);
}

void die(int status, const char *format, ...) {
    va_list arguments;

    va_start(arguments, format);
    say(format, arguments);
    va_end(arguments);
    exit(status);
}
