/**
 * @file
 * How a payload is shown: text in quotes, other bytes as hexadecimal numbers.
 */
#ifndef SOCKSCOPE_PAYLOAD_H
#define SOCKSCOPE_PAYLOAD_H

#include "text.h"

/**
 * Appends a payload: text in double quotes, as a student would write it in C, and what is no text as `hex 1a 2b 00`.
 * What is too long is cut.
 * @param out   is appended to
 * @param bytes the payload
 * @param most  cells that it may take between its quotes
 * @param plain only ASCII is written; other characters are escaped
 * @param cut   bytes at the end are missing, which is shown as if it were too long
 */
void payload_quote(struct buffer *out, struct slice bytes, int most, bool plain, bool cut);

/**
 * Tells what stands for a part that was cut off.
 * @param plain only ASCII is written
 * @return "…", or "..." for plain characters
 */
const char *payload_ellipsis(bool plain);

#endif
