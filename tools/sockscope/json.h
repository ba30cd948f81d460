/**
 * @file
 * Writing JSON.
 */
#ifndef SOCKSCOPE_JSON_H
#define SOCKSCOPE_JSON_H

#include "text.h"

/** Writes a string with its quotes. Bytes that are no UTF-8 become U+FFFD. @return false when there were any
 */
bool json_string(struct buffer *out, struct slice text);
/** Writes `,"key":"text"`, or `,"key":null` for an empty text. */
void json_text(struct buffer *out, const char *key, const char *text);
/** Writes `,"key":number`. */
void json_number(struct buffer *out, const char *key, int64_t number);
/** Writes nanoseconds as seconds with nine decimals. */
void json_seconds(struct buffer *out, const char *key, int64_t nanoseconds);

/** The length of the UTF-8 sequence at the front, or 0 when the bytes are none. */
size_t utf8_length(struct slice s);

#endif
