/**
 * @file
 * The titles of a page's columns.
 */
#include "page.h"

#include <stdio.h>

/** Cuts a title to its column. */
static void put_title(struct page *c, size_t column, uint32_t text, enum style style) {
    char line[256];
    const char *title = ladder_text(c->l, text);
    int space = column + 1 < c->l->column_count ? c->spacing - 1 : c->canvas.width - page_x(c, (int)column);
    size_t length = cells_fit(title, space);

    snprintf(line, sizeof line, "%.*s", (int)length, title);
    canvas_put(&c->canvas, page_x(c, (int)column), line, style);
}

/** Where columns are close, each title has a line of its own. */
static void put_stairs(struct page *c) {
    for (size_t i = 0; i < c->l->column_count; i++) {
        int x = page_x(c, (int)i);
        char line[256];
        const char *title = ladder_text(c->l, c->l->columns[i].title);
        snprintf(line, sizeof line, "%.*s", (int)cells_fit(title, c->canvas.width - x), title);
        for (size_t k = 0; k < i; k++)
            canvas_put(&c->canvas, page_x(c, (int)k), c->signs->nobody, STYLE_QUIET);
        canvas_put(&c->canvas, x, line, STYLE_BOLD);
        canvas_flush(&c->canvas);
    }
}

void page_heading(struct page *c) {
    page_time(c, "ms");
    if (c->text) {
        put_stairs(c);
        return;
    }
    for (size_t i = 0; i < c->l->column_count; i++)
        put_title(c, i, c->l->columns[i].title, STYLE_BOLD);
    canvas_flush(&c->canvas);
    bool any = false;
    for (size_t i = 0; i < c->l->column_count; i++) {
        any = any || *ladder_text(c->l, c->l->columns[i].subtitle);
        put_title(c, i, c->l->columns[i].subtitle, STYLE_QUIET);
    }
    if (any)
        canvas_flush(&c->canvas);
}
