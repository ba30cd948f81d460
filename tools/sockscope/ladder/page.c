/**
 * @file
 * A page of a terminal while it is drawn: where things stand, and texts that take several lines.
 */
#include "page.h"

#include <string.h>

enum { ROOMY = 24 };

int page_x(const struct page *c, int column) {
    return c->gutter + column * c->spacing;
}

void page_lines(struct page *c, uint32_t lines) {
    for (size_t i = 0; i < c->l->column_count; i++) {
        int x = page_x(c, (int)i);
        switch (c->l->lines.at[lines + i]) {
        case LINE_ALIVE:
            canvas_put(&c->canvas, x, c->signs->alive, STYLE_PLAIN);
            break;
        case LINE_WAITS:
            canvas_put(&c->canvas, x, c->signs->waits, STYLE_QUIET);
            break;
        case LINE_NOBODY:
            canvas_put(&c->canvas, x, c->signs->nobody, STYLE_QUIET);
            break;
        default:
            break;
        }
    }
}

void page_time(struct page *c, const char *text) {
    canvas_put(&c->canvas, c->gutter - 2 - cells_width(text), text, STYLE_QUIET);
}

int page_text_x(const struct page *c, const struct row *row) {
    return c->text ? c->text : page_x(c, row->column < 0 ? 0 : row->column) + 2;
}

int page_space(const struct page *c, const struct row *row) {
    if (c->text)
        return c->canvas.width - c->text;
    int last = row->column + ladder_free_columns(c->l, row);
    bool to_the_edge = last + 1 >= (int)c->l->column_count;
    return to_the_edge ? c->canvas.width - page_x(c, row->column) - 2
                       : page_x(c, last + 1) - page_x(c, row->column) - 3;
}

/** The lines below the first show the state after it. */
void page_wrapped(struct page *c, const struct row *row, const char *text, enum style style, uint32_t after) {
    int space = page_space(c, row);
    int indent = 0;

    for (;;) {
        char line[512];
        size_t length = cells_break(text, space);
        size_t copy = length < sizeof line - 1 ? length : sizeof line - 1;
        memcpy(line, text, copy);
        line[copy] = '\0';
        canvas_put(&c->canvas, page_text_x(c, row) + indent, line, style);
        canvas_flush(&c->canvas);
        text += length;
        while (*text == ' ' || *text == *HARD)
            text++;
        if (!*text)
            return;
        page_lines(c, after);
        indent = page_space(c, row) < ROOMY ? 0 : 2;
        space = page_space(c, row) - indent;
    }
}
