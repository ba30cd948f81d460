/**
 * @file
 * Text from a program that nobody trusts, made fit to be shown.
 *
 * A terminal obeys control characters, a page obeys marks that change the direction of writing, and a table ends a
 * field at its separator. None of them may come from a submission.
 */
#ifndef SOCKSCOPE_CLEAN_H
#define SOCKSCOPE_CLEAN_H

#include "text.h"

/**
 * Appends a text with `?` in the place of each byte that is not valid UTF-8, and of each character that is not to be
 * seen: C0 and C1 controls but tab and newline, line and paragraph separators, marks of direction, and those of no
 * width.
 * @param out  is appended to
 * @param text the text, in whole characters
 * @return how many bytes and characters were replaced
 * @see RFC 3629; Unicode, categories Cc, Cf, Zl and Zp
 */
size_t clean_text(struct buffer *out, struct slice text);

#endif
