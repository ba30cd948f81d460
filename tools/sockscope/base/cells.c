/**
 * @file
 * Widths in a terminal. A table of our own: the C library's depends on the
 * locale, the picture must not.
 */
#include "cells.h"

#include "json.h"

#include <string.h>

/** A range of characters. */
struct range {
    uint32_t first;
    uint32_t last;
};

static const struct range wide[] = {
    {0x1100, 0x115f},   {0x231a, 0x231b},   {0x2329, 0x232a},   {0x23e9, 0x23ec},   {0x25fd, 0x25fe},
    {0x2614, 0x2615},   {0x2648, 0x2653},   {0x26a1, 0x26a1},   {0x2705, 0x2705},   {0x270a, 0x270b},
    {0x274c, 0x274c},   {0x2753, 0x2755},   {0x2795, 0x2797},   {0x2b1b, 0x2b1c},   {0x2e80, 0x303e},
    {0x3041, 0x33ff},   {0x3400, 0x4dbf},   {0x4e00, 0x9fff},   {0xa000, 0xa4cf},   {0xa960, 0xa97f},
    {0xac00, 0xd7a3},   {0xf900, 0xfaff},   {0xfe30, 0xfe6f},   {0xff00, 0xff60},   {0xffe0, 0xffe6},
    {0x16fe0, 0x18aff}, {0x1b000, 0x1b2ff}, {0x1f004, 0x1f004}, {0x1f18e, 0x1f19a}, {0x1f200, 0x1f320},
    {0x1f32d, 0x1f64f}, {0x1f680, 0x1f6ff}, {0x1f7e0, 0x1f7eb}, {0x1f900, 0x1faff}, {0x20000, 0x3fffd}};

static const struct range zero_width[] = {{0x300, 0x36f},   {0x483, 0x489},   {0x591, 0x5bd},   {0x610, 0x61a},
                                          {0x64b, 0x65f},   {0x6d6, 0x6dc},   {0x900, 0x902},   {0x93c, 0x93c},
                                          {0xe31, 0xe31},   {0xe34, 0xe3a},   {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff},
                                          {0x200b, 0x200f}, {0x202a, 0x202e}, {0x2060, 0x2064}, {0x20d0, 0x20ff},
                                          {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f}, {0xfeff, 0xfeff}, {0xe0100, 0xe01ef}};

static bool within(const struct range *ranges, size_t count, uint32_t c) {
    for (size_t i = 0; i < count; i++)
        if (c >= ranges[i].first && c <= ranges[i].last)
            return true;
    return false;
}

static uint32_t decode(const unsigned char *b, size_t length) {
    uint32_t c = length == 1 ? b[0] : b[0] & (0x7fu >> length);

    for (size_t i = 1; i < length; i++)
        c = c << 6 | (b[i] & 0x3f);
    return c;
}

static size_t next(struct slice s, int *cells, uint32_t *character) {
    size_t length = utf8_length(s);

    *cells = 1;
    *character = 0xfffd;
    if (length == 0)
        return s.size > 0;
    *character = decode((const unsigned char *)s.at, length);
    if (*character < 0x300)
        return length;
    if (within(wide, sizeof wide / sizeof *wide, *character))
        *cells = 2;
    else if (within(zero_width, sizeof zero_width / sizeof *zero_width, *character))
        *cells = 0;
    return length;
}

size_t cells_next(const char *text, int *cells) {
    uint32_t character = 0;
    return next(slice_of(text), cells, &character);
}

int cells_width(const char *text) {
    int sum = 0;
    int cells = 0;
    uint32_t character = 0;

    for (struct slice s = slice_of(text); s.size > 0;) {
        s = slice_skip(s, next(s, &cells, &character));
        sum += cells;
    }
    return sum;
}

size_t cells_fit(const char *text, int most) {
    struct slice s = slice_of(text);
    size_t used = 0;
    int cells = 0;
    uint32_t character = 0;

    while (used < s.size) {
        size_t length = next(slice_skip(s, used), &cells, &character);
        if (cells > most)
            break;
        most -= cells;
        used += length;
    }
    return used;
}

/** The end of the longest part of a text that fits and stands before that kind of blank; 0 when there is
 * none. */
static size_t break_before(const char *text, size_t fits, char blank) {
    while (fits > 0 && text[fits] != blank)
        fits--;
    return fits;
}

size_t cells_break(const char *text, int most) {
    size_t fits = cells_fit(text, most);
    size_t end = 0;

    if (text[fits] == '\0')
        return fits;
    end = break_before(text, fits, ' ');
    if (end == 0)
        end = break_before(text, fits, *HARD);
    if (end == 0)
        end = break_before(text, fits, ':'); // between an address and its port
    if (end == 0)
        end = fits;
    return end ? end : strlen(text);
}
