/**
 * @file
 * The values in strace's output: lists, structures, descriptors, strings, results.
 */
#include "strace.h"

#include <string.h>

size_t strace_quoted(struct slice s) {
    if (s.size == 0 || s.at[0] != '"')
        return 0;
    for (size_t i = 1; i < s.size; i++) {
        if (s.at[i] == '\\')
            i++;
        else if (s.at[i] == '"')
            return i + 1;
    }
    return 0;
}

bool strace_next(struct slice *list, struct slice *item) {
    size_t depth = 0;
    size_t i = 0;

    for (; i < list->size; i++) {
        char c = list->at[i];
        if (c == '"') {
            size_t length = strace_quoted(slice_skip(*list, i));
            if (length == 0)
                i = list->size; // a cut string: the rest is one item
            else
                i += length - 1;
        } else if (c == '(' || c == '[' || c == '{') {
            depth++;
        } else if ((c == ')' || c == ']' || c == '}') && depth > 0) {
            depth--;
        } else if (c == ',' && depth == 0) {
            break;
        }
    }
    bool more = i < list->size;
    *item = slice_trim((struct slice){list->at, i < list->size ? i : list->size});
    *list = slice_skip(*list, i + 1);
    return more || item->size > 0;
}

struct slice strace_inside(struct slice text) {
    if (text.size == 0 || (text.at[0] != '[' && text.at[0] != '{'))
        return (struct slice){text.at, 0};
    size_t depth = 0;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.at[i];
        size_t quoted = strace_quoted(slice_skip(text, i));
        if (quoted > 0)
            i += quoted - 1;
        else if (c == '(' || c == '[' || c == '{')
            depth++;
        else if ((c == ')' || c == ']' || c == '}') && --depth == 0)
            return (struct slice){text.at + 1, i - 1};
    }
    return slice_skip(text, 1);
}

size_t strace_split(struct slice text, struct slice parts[static STRACE_ARGUMENTS]) {
    size_t count = 0;

    while (count < STRACE_ARGUMENTS - 1 && strace_next(&text, &parts[count]))
        count++;
    text = slice_trim(text);
    if (count == STRACE_ARGUMENTS - 1 && text.size > 0)
        parts[count++] = text;
    return count;
}

struct slice strace_member(struct slice structure, const char *key) {
    struct slice rest = strace_inside(structure);
    struct slice item = {structure.at, 0};
    size_t length = strlen(key);

    while (strace_next(&rest, &item))
        if (slice_starts(item, key) && item.size > length && item.at[length] == '=')
            return slice_trim(slice_skip(item, length + 1));
    return (struct slice){structure.at, 0};
}

int strace_descriptor(struct slice argument, struct slice *annotation) {
    int64_t number = -1;
    size_t used = 0;

    *annotation = (struct slice){argument.at, 0};
    if (!slice_number(argument, &number, &used) || number < -1 || number > INT32_MAX)
        return NO_DESCRIPTOR;
    struct slice rest = slice_skip(argument, used);
    if (rest.size >= 2 && rest.at[0] == '<') {
        size_t close = rest.size;
        while (close > 1 && rest.at[close - 1] != '>')
            close--;
        if (close > 1)
            *annotation = (struct slice){rest.at + 1, close - 2};
    } else if (rest.size > 0) {
        return NO_DESCRIPTOR; // "3 + x"
    }
    return (int)number;
}

struct strace_result strace_parse_result(struct slice result) {
    struct strace_result out = {.known = false, .value = -1};
    size_t used = 0;

    out.error = out.annotation = out.detail = (struct slice){result.at, 0};
    out.known = slice_number(result, &out.value, &used);
    struct slice rest = slice_skip(result, used);
    if (!out.known) {
        out.value = -1;
        rest = slice_skip(result, result.size > 0 && result.at[0] == '?');
    }
    if (rest.size > 0 && rest.at[0] == '<') {
        size_t close = slice_find(rest, "]>");
        if (close < rest.size) {
            out.annotation = (struct slice){rest.at + 1, close};
            rest = slice_skip(rest, close + 2);
        }
    }
    rest = slice_trim(rest);
    if (slice_starts(rest, "E")) {
        out.error = (struct slice){rest.at, slice_find(rest, " ")};
        rest = slice_trim(slice_skip(rest, out.error.size));
    }
    if (rest.size >= 2 && rest.at[0] == '(' && rest.at[rest.size - 1] == ')')
        out.detail = (struct slice){rest.at + 1, rest.size - 2};
    return out;
}

/** Decodes the escape after a backslash. @return bytes used; *byte is the result */
static size_t unescape(struct slice s, unsigned char *byte) {
    static const char letters[] = "n\nt\tr\rv\vf\f";
    unsigned value = 0;
    size_t i = 0;

    if (s.at[0] == 'x') {
        int64_t number = 0;
        char text[5] = "0x";
        size_t digits = s.size - 1 < 2 ? s.size - 1 : 2;
        size_t used = 0;
        memcpy(text + 2, s.at + 1, digits);
        if (slice_number((struct slice){text, digits + 2}, &number, &used) && used > 2) {
            *byte = (unsigned char)number;
            return used - 1;
        }
    }
    for (; i < s.size && i < 3 && s.at[i] >= '0' && s.at[i] <= '7'; i++)
        value = value * 8 + (unsigned)(s.at[i] - '0');
    if (i > 0) {
        *byte = (unsigned char)value;
        return i;
    }
    const char *letter = strchr(letters, s.at[0]);
    *byte = (unsigned char)(letter && *letter && (letter - letters) % 2 == 0 ? letter[1] : s.at[0]);
    return 1;
}

bool strace_unquote(struct slice s, struct buffer *bytes) {
    size_t length = strace_quoted(s);
    size_t end = length ? length - 1 : s.size;

    if (s.size == 0 || s.at[0] != '"')
        return false;
    for (size_t i = 1; i < end;) {
        if (s.at[i] != '\\') {
            buffer_add(bytes, s.at + i, 1);
            i++;
            continue;
        }
        if (i + 1 >= end)
            break;
        unsigned char byte = 0;
        i += 1 + unescape((struct slice){s.at + i + 1, end - i - 1}, &byte);
        buffer_add(bytes, &byte, 1);
    }
    return length > 0;
}
