/**
 * @file
 * Writing JSON (RFC 8259).
 */
#ifndef SOCKSCOPE_JSON_H
#define SOCKSCOPE_JSON_H

#include "text.h"

/**
 * Appends a string with its quotes. Each byte of invalid UTF-8 becomes U+FFFD.
 * @param out  is appended to
 * @param text the string
 * @return false when there were such bytes: the string does not show them
 */
bool json_string(struct buffer *out, struct slice text);

/**
 * Appends `,"key":"text"`.
 * @param out  is appended to
 * @param key  the name, which needs no escapes
 * @param text the value; NULL and "" give `null`
 */
void json_text(struct buffer *out, const char *key, const char *text);

/**
 * Appends `,"key":number`.
 * @param out    is appended to
 * @param key    the name, which needs no escapes
 * @param number the value
 */
void json_number(struct buffer *out, const char *key, int64_t number);

/**
 * Appends a time in seconds with nine decimals.
 * @param out         is appended to
 * @param key         the name, which needs no escapes
 * @param nanoseconds the time; may be negative
 */
void json_seconds(struct buffer *out, const char *key, int64_t nanoseconds);

/**
 * Tells how long the character at the front is.
 * @param s the bytes
 * @return 1 to 4 bytes; 0 when there are none, or when they are not valid UTF-8 (RFC 3629)
 */
size_t utf8_length(struct slice s);

#endif
