/**
 * @file
 * Pieces of text that live in somebody else's memory, growing buffers, and the one way to die.
 *
 * The parsers never copy: a slice points into the recording's file, which stays mapped.
 */
#ifndef SOCKSCOPE_TEXT_H
#define SOCKSCOPE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** A piece of text or of raw bytes, not ended by a NUL. */
struct slice {
    const char *at;
    size_t size;
};

/** Makes a slice of a C string. */
struct slice slice_of(const char *text);
/** Tells whether a slice is exactly that text. */
bool slice_is(struct slice s, const char *text);
/** Tells whether a slice begins with that text. */
bool slice_starts(struct slice s, const char *text);
/** Removes `count` bytes from the front, or everything when there are fewer. */
struct slice slice_skip(struct slice s, size_t count);
/** Removes blanks from both ends. */
struct slice slice_trim(struct slice s);
/** Finds `text` in a slice. @return its position, or s.size when it is not there */
size_t slice_find(struct slice s, const char *text);
/** Reads a decimal, octal or 0x number from the front. @return false when there is none */
bool slice_number(struct slice s, int64_t *value, size_t *used);

/** A buffer that grows; starts as {0}. */
struct buffer {
    char *at;
    size_t size;
    size_t room;
};

void buffer_add(struct buffer *b, const void *bytes, size_t count);
void buffer_text(struct buffer *b, const char *text);
void buffer_format(struct buffer *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buffer_repeat(struct buffer *b, const char *text, int count);
void buffer_free(struct buffer *b);

/**
 * Makes room for one more element of an array.
 * @param array the array, or NULL
 * @param count how many elements it holds; it doubles when this reaches *room
 * @param room  how many fit; updated
 * @param size  size of one element
 * @return the array, perhaps moved; never NULL
 */
void *grow(void *array, size_t count, size_t *room, size_t size);

/** Prints "sockscope: ..." on stderr. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));
/** Prints "sockscope: ..." on stderr and exits with that status. */
_Noreturn void die(int status, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
