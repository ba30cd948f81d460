/**
 * @file
 * Writing JSON: strings, numbers, UTF-8.
 */
#include "json.h"

#include <inttypes.h>
#include <string.h>

size_t utf8_length(struct slice s) {
    const unsigned char *b = (const unsigned char *)s.at;
    size_t length = 0;

    if (s.size == 0)
        return 0;
    if (b[0] < 0x80)
        return 1;
    if (b[0] >= 0xc2 && b[0] <= 0xdf)
        length = 2;
    else if (b[0] >= 0xe0 && b[0] <= 0xef)
        length = 3;
    else if (b[0] >= 0xf0 && b[0] <= 0xf4)
        length = 4;
    if (length == 0 || s.size < length)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((b[i] & 0xc0) != 0x80)
            return 0;
    // Overlong forms, surrogates and numbers beyond U+10FFFF are invalid, too.
    if ((b[0] == 0xe0 && b[1] < 0xa0) || (b[0] == 0xed && b[1] > 0x9f) || (b[0] == 0xf0 && b[1] < 0x90) ||
        (b[0] == 0xf4 && b[1] > 0x8f))
        return 0;
    return length;
}

bool json_string(struct buffer *out, struct slice text) {
    bool clean = true;

    buffer_add(out, "\"", 1);
    while (text.size > 0) {
        unsigned char c = (unsigned char)text.at[0];
        size_t length = utf8_length(text);
        if (length == 0) {
            buffer_text(out, "\xef\xbf\xbd");
            clean = false;
            length = 1;
        } else if (c == '"' || c == '\\') {
            buffer_format(out, "\\%c", c);
        } else if (c == '\n') {
            buffer_text(out, "\\n");
        } else if (c < 0x20 || c == 0x7f) {
            buffer_format(out, "\\u%04x", c);
        } else {
            buffer_add(out, text.at, length);
        }
        text = slice_skip(text, length);
    }
    buffer_add(out, "\"", 1);
    return clean;
}

void json_text(struct buffer *out, const char *key, const char *text) {
    buffer_format(out, ",\"%s\":", key);
    if (!text || !*text)
        buffer_text(out, "null");
    else
        json_string(out, slice_of(text));
}

void json_number(struct buffer *out, const char *key, int64_t number) {
    buffer_format(out, ",\"%s\":%" PRId64, key, number);
}

void json_seconds(struct buffer *out, const char *key, int64_t nanoseconds) {
    const char *sign = nanoseconds < 0 ? "-" : "";
    uint64_t size = nanoseconds < 0 ? 0 - (uint64_t)nanoseconds : (uint64_t)nanoseconds;

    buffer_format(out, ",\"%s\":%s%" PRIu64 ".%09" PRIu64, key, sign, size / 1000000000, size % 1000000000);
}
