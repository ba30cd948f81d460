/**
 * @file
 * Replaces what a terminal, a page or a table would obey.
 */
#include "clean.h"

#include "json.h"

static bool is_obeyed(struct slice character) {
    const unsigned char *byte = (const unsigned char *)character.at;

    if (character.size == 1)
        return (byte[0] < 0x20 && byte[0] != '\t' && byte[0] != '\n') || byte[0] == 0x7f;
    if (character.size == 2)
        return (byte[0] == 0xc2 && byte[1] < 0xa0) || (byte[0] == 0xc2 && byte[1] == 0xad); // C1, soft hyphen
    if (character.size == 3 && byte[0] == 0xe2 && byte[1] == 0x80)
        return byte[2] >= 0x8b && (byte[2] <= 0x8f || (byte[2] >= 0xa8 && byte[2] <= 0xae)); // U+200B.., U+2028..
    if (character.size == 3 && byte[0] == 0xe2 && byte[1] == 0x81)
        return byte[2] >= 0xa0 && byte[2] <= 0xaf; // U+2060 to U+206F
    if (character.size == 3 && byte[0] == 0xef)
        return (byte[1] == 0xbb && byte[2] == 0xbf) || (byte[1] == 0xbf && byte[2] >= 0xb9 && byte[2] <= 0xbb);
    return character.size == 4 && byte[0] == 0xf3 && byte[1] == 0xa0; // tags and variants, U+E0000 on
}

size_t clean_text(struct buffer *out, struct slice text) {
    size_t replaced = 0;

    while (text.size > 0) {
        size_t length = utf8_length(text);
        struct slice character = {text.at, length > 0 ? length : 1};

        if (length == 0 || is_obeyed(character)) {
            buffer_text(out, "?");
            replaced++;
        } else {
            buffer_add(out, character.at, character.size);
        }
        text = slice_skip(text, character.size);
    }
    return replaced;
}
