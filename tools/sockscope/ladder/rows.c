/**
 * @file
 * What a ladder keeps: its texts, and the columns beside a row.
 */
#include "rows.h"

#include <stdlib.h>

const char *ladder_text(const struct ladder *l, uint32_t offset) {
    return l->texts.at + offset;
}

/** Appends a text; where only ASCII is asked for, other characters as `\\x` and their bytes. */
static void add_text(struct ladder *l, const struct buffer *text) {
    if (!l->options.ascii) {
        buffer_add(&l->texts, text->at, text->size);
        return;
    }
    for (size_t i = 0; i < text->size; i++) {
        if ((unsigned char)text->at[i] >= 0x80)
            buffer_format(&l->texts, "\\x%02x", (unsigned char)text->at[i]);
        else
            buffer_add(&l->texts, text->at + i, 1);
    }
}

uint32_t ladder_keep(struct ladder *l, struct buffer *text) {
    if (l->texts.size == 0)
        buffer_add(&l->texts, "", 1); // offset 0 is "no text"
    if (text->size == 0) {
        buffer_free(text);
        return 0;
    }
    uint32_t offset = (uint32_t)l->texts.size;
    add_text(l, text);
    buffer_add(&l->texts, "", 1);
    buffer_free(text);
    return offset;
}

int ladder_free_columns(const struct ladder *l, const struct row *row) {
    const struct row *next = row + 1 < l->rows + l->row_count ? row + 1 : row;
    int count = 0;

    for (size_t i = (size_t)row->column + 1; i < l->column_count; i++, count++)
        if (l->lines.at[row->lines + i] != LINE_NONE || l->lines.at[next->lines + i] != LINE_NONE)
            break;
    return count;
}

const char *ladder_to_itself(const struct ladder *l, const struct row *row) {
    return l->columns[row->column].lane >= 0 ? " to itself" : "";
}

void ladder_free(struct ladder *l) {
    free(l->columns);
    free(l->rows);
    free(l->others);
    free(l->several);
    free(l->addresses);
    free(l->ports);
    buffer_free(&l->texts);
    buffer_free(&l->lines);
}
