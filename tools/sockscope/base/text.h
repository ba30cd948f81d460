/**
 * @file
 * Pieces of text that live in somebody else's memory, growing buffers, and the one way to die.
 *
 * The parsers never copy: a slice points into the recording's file, which stays mapped. Whatever needs more
 * memory than there is ends the program with status 1 and "out of memory"; no caller has to ask.
 */
#ifndef SOCKSCOPE_TEXT_H
#define SOCKSCOPE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** A piece of text or of raw bytes, not ended by a NUL. */
struct slice {
    const char *at; ///< its first byte; not owned
    size_t size;    ///< its length in bytes
};

/**
 * Makes a slice of a C string.
 * @param text the string; not NULL, and it must live as long as the slice
 * @return the slice, without the closing NUL
 */
struct slice slice_of(const char *text);

/**
 * Tells whether a slice is exactly that text.
 * @param s    the slice
 * @param text a C string
 * @return true when their bytes are the same
 */
bool slice_is(struct slice s, const char *text);

/**
 * Tells whether a slice begins with that text.
 * @param s    the slice
 * @param text a C string
 * @return true when it does; every slice begins with ""
 */
bool slice_starts(struct slice s, const char *text);

/**
 * Removes bytes from the front.
 * @param s     the slice
 * @param count how many bytes; may be more than there are
 * @return what is left, perhaps nothing
 */
struct slice slice_skip(struct slice s, size_t count);

/**
 * Removes spaces and tabs from both ends, and carriage returns from the back.
 * @param s the slice
 * @return what is left, perhaps nothing
 */
struct slice slice_trim(struct slice s);

/**
 * Finds the first occurrence of a text.
 * @param s    where to look
 * @param text what for: a C string
 * @return its position in bytes, or `s.size` when it is not there
 * @see memmem(3)
 */
size_t slice_find(struct slice s, const char *text);

/**
 * Reads a number from the front: decimal, octal (0...) or hexadecimal (0x...), with or without a minus. One
 * that does not fit is taken modulo 2^64.
 * @param s     the slice; what follows the number is left alone
 * @param value is set to the number
 * @param used  is set to the bytes that it takes; may be NULL
 * @return false when there is no number; nothing is set then
 */
bool slice_number(struct slice s, int64_t *value, size_t *used);

/** A buffer that grows. It starts as {0}; once something was added, a NUL follows its bytes. */
struct buffer {
    char *at;        ///< its bytes, owned; NULL before the first was added
    size_t size;     ///< how many there are, without the NUL
    size_t capacity; ///< how many fit before they move
};

/**
 * Appends bytes.
 * @param b     the buffer
 * @param bytes what to append; may be NULL when `count` is 0
 * @param count how many bytes
 */
void buffer_add(struct buffer *b, const void *bytes, size_t count);

/**
 * Appends a C string.
 * @param b    the buffer
 * @param text the string; not NULL
 */
void buffer_text(struct buffer *b, const char *text);

/**
 * Appends formatted text.
 * @param b      the buffer
 * @param format as for printf(3)
 * @param ...    what the format asks for
 */
void buffer_format(struct buffer *b, const char *format, ...) __attribute__((format(printf, 2, 3)));

/**
 * Frees the bytes.
 * @param b the buffer; it is {0} afterwards and can be used again
 */
void buffer_free(struct buffer *b);

/**
 * Enlarges an array for one more element.
 * @param array the array, or NULL
 * @param count how many elements it holds
 * @param capacity  how many fit; updated when `count` has reached it
 * @param size  size of one element in bytes
 * @return the array, perhaps moved; never NULL
 */
void *grow(void *array, size_t count, size_t *capacity, size_t size);

/** Exit statuses. */
enum {
    DONE = 0,   ///< all went well
    FAILED = 1, ///< something could not be read or done
    USAGE = 2,  ///< wrong usage
};

/**
 * Prints "sockscope: ..." on standard error, after what waits in standard output.
 * @param format as for printf(3), without a newline at its end
 * @param ...    what the format asks for
 */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

/**
 * Complains, and ends the program.
 * @param status the exit status
 * @param format as for complain()
 * @param ...    what the format asks for
 */
_Noreturn void die(int status, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
