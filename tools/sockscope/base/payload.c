/**
 * @file
 * Telling text from other bytes, and showing both.
 */
#include "payload.h"

#include "cells.h"
#include "json.h"

#include <string.h>

enum {
    JUDGED = 512,  ///< bytes that tell whether a payload is text
    TOLERATED = 2, ///< characters in a text that are none
    SHARE = 8,     ///< or one of so many
};

const char *payload_ellipsis(bool plain) {
    return plain ? "..." : "…";
}

/** A control character, or a byte that is no UTF-8. */
static bool is_strange(struct slice s, size_t length) {
    unsigned char c = (unsigned char)s.at[0];

    if (length == 2)
        return c == 0xc2 && (unsigned char)s.at[1] < 0xa0;
    return length == 0 || (c < 0x20 && c != '\n' && c != '\r' && c != '\t') || c == 0x7f;
}

/** Counts what is no text. Zeros at the end fill a buffer, and a datagram may end within a character. */
static size_t count_strange(struct slice s, size_t *all) {
    size_t strange = 0;

    while (s.size > 0 && s.at[s.size - 1] == '\0')
        s.size--;
    if (s.size > JUDGED)
        s.size = JUDGED;
    *all = 0;
    while (s.size > 0) {
        size_t length = utf8_length(s);
        if (length == 0 && s.size < 4 && (unsigned char)s.at[0] >= 0xc2)
            break;
        strange += is_strange(s, length);
        s = slice_skip(s, length ? length : 1);
        ++*all;
    }
    return strange;
}

/** Characters that would disturb a line of text or turn its direction, and those that no document may have. */
static bool disturbs(struct slice s, size_t length) {
    const unsigned char *b = (const unsigned char *)s.at;

    if (length != 3)
        return is_strange(s, length);
    if (b[0] == 0xe2 && b[1] == 0x80)
        return b[2] >= 0x8b && (b[2] <= 0x8f || (b[2] >= 0xa8 && b[2] <= 0xae));
    if (b[0] == 0xe2 && b[1] == 0x81)
        return b[2] >= 0xa0 && b[2] <= 0xaf;
    return b[0] == 0xef && ((b[1] == 0xbb && b[2] == 0xbf) || (b[1] == 0xbf && b[2] >= 0xb9));
}

/** One character: as it is, or as an escape where it would disturb the picture. */
static void quote_one(struct buffer *out, struct slice s, size_t length, bool ascii) {
    static const char special[] = "\"\\\n\t\r";
    static const char letters[] = "\"\\ntr";
    const char *found = length == 1 && *s.at ? strchr(special, *s.at) : NULL;

    if (found)
        buffer_format(out, "\\%c", letters[found - special]);
    else if (disturbs(s, length) || (ascii && length > 1))
        for (size_t i = 0; i < (length ? length : 1); i++)
            buffer_format(out, "\\x%02x", (unsigned char)s.at[i]);
    else if (*s.at == ' ')
        buffer_text(out, HARD); // a payload is not broken at its blanks
    else
        buffer_add(out, s.at, length);
}

/** Appends text as far as it fits. @return whether all of it did */
static bool put_text(struct buffer *out, struct slice s, int most, bool ascii, int room) {
    int sum = 0;
    size_t good = out->size; // what fits together with the ellipsis

    while (s.size > 0) {
        size_t length = utf8_length(s);
        size_t before = out->size;
        quote_one(out, s, length, ascii);
        sum += cells_width(out->at + before);
        if (sum <= most - room)
            good = out->size;
        if (sum > most) {
            out->size = good;
            out->at[good] = '\0';
            return false;
        }
        s = slice_skip(s, length ? length : 1);
    }
    return true;
}

static void put_hex(struct buffer *out, struct slice s, int most, const char *ellipsis, bool cut) {
    size_t fit = (size_t)(most - 1) / 3; // with the word `hex` instead of the quotes
    bool all = s.size <= fit && !cut;

    buffer_text(out, "hex");
    for (size_t i = 0; i < s.size && i < fit; i++)
        buffer_format(out, HARD "%02x", (unsigned char)s.at[i]);
    buffer_text(out, all ? "" : ellipsis);
}

void payload_quote(struct buffer *out, struct slice bytes, int most, bool plain, bool cut) {
    const char *ellipsis = payload_ellipsis(plain);
    size_t all = 0;
    size_t strange = count_strange(bytes, &all);

    if (bytes.size > TOLERATED && (all == 0 || (strange > TOLERATED && strange * SHARE > all))) {
        put_hex(out, bytes, most, ellipsis, cut);
        return;
    }
    buffer_text(out, "\"");
    // Between bytes that are no text, what looks like a letter of another script is one by chance.
    if (!put_text(out, bytes, most, plain || strange > 0, cells_width(ellipsis)) || cut)
        buffer_text(out, ellipsis);
    buffer_text(out, "\"");
}
