/**
 * @file
 * The ladder in a terminal: a canvas of cells, filled row by row.
 */
#include "page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NARROWEST = 16, WIDEST = 46, MOST_WIDTH = 1000, ROOMY = 24 };

static const struct signs utf8 = {"│", "┆", "┊", "●", "✗", "○", "!", "■", "─",
                                  "╌", "▶", "◀", "├", "┤", "┼", "✗", "↺", "⋮"};
static const struct signs ascii = {"|", ":", ".", "*", "x", "o", "!", "#", "-",
                                   ".", ">", "<", "|", "|", "+", "x", "@", ":"};

int page_x(const struct page *c, int column) {
    return c->gutter + column * c->spacing;
}

static void put_lines(struct page *c, uint32_t lines) {
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

static void put_time(struct page *c, const char *text) {
    canvas_put(&c->canvas, c->gutter - 2 - cells_width(text), text, STYLE_QUIET);
}

static enum style style_of(uint8_t tone) {
    return tone == TONE_ERROR ? STYLE_ERROR : tone == TONE_QUIET ? STYLE_QUIET : STYLE_PLAIN;
}

/** Room for a text beside a column's line. */
static int room_of(const struct page *c, const struct row *row) {
    int last = row->column + ladder_free_columns(c->l, row);
    bool to_the_edge = last + 1 >= (int)c->l->column_count;
    return to_the_edge ? c->canvas.width - page_x(c, row->column) - 2
                       : page_x(c, last + 1) - page_x(c, row->column) - 3;
}

/** Writes a text beside its column, in as many lines as it takes; the lines
 * below show the state after it. */
static void put_wrapped(struct page *c, const struct row *row, const char *text, enum style style,
                        uint32_t after) {
    int column = row->column;
    int room = room_of(c, row);
    int indent = 2;

    for (;;) {
        char line[512];
        size_t length = cells_break(text, room);
        size_t copy = length < sizeof line - 1 ? length : sizeof line - 1;
        memcpy(line, text, copy);
        line[copy] = '\0';
        canvas_put(&c->canvas, page_x(c, column) + indent, line, style);
        canvas_flush(&c->canvas);
        text += length;
        while (*text == ' ' || *text == *HARD)
            text++;
        if (!*text)
            return;
        put_lines(c, after);
        indent = room_of(c, row) < ROOMY ? 2 : 4;
        room = room_of(c, row) + 2 - indent;
    }
}

/** A remark in the last, narrow column stands on the left of its line. */
static bool put_left(struct page *c, const struct row *row, const char *text, enum style style) {
    int column = row->column;
    int width = cells_width(text);

    bool narrow = column > 0 && c->l->columns[column].lane < 0;
    if (width <= room_of(c, row) || !narrow)
        return false;
    canvas_put(&c->canvas, page_x(c, column) - 2 - width, text, style);
    canvas_flush(&c->canvas);
    return true;
}

static void draw_point(struct page *c, const struct row *row, uint32_t after) {
    const char *const marks[] = {c->signs->ok, c->signs->error, c->signs->begin, c->signs->signal,
                                 c->signs->end};
    enum style style = style_of(row->tone);

    canvas_put(&c->canvas, page_x(c, row->column), marks[row->mark], style);
    put_wrapped(c, row, ladder_text(c->l, row->texts[0]), style, after);
}

static void draw_to_itself(struct page *c, const struct row *row, enum style style, uint32_t after) {
    char text[256];

    snprintf(text, sizeof text, "%.200s to itself", ladder_text(c->l, row->texts[0]));
    canvas_put(&c->canvas, page_x(c, row->column), c->signs->itself, style);
    put_wrapped(c, row, text, style, after);
}

static void draw_arrow(struct page *c, const struct row *row, uint32_t after) {
    enum style style = row->tone == TONE_ERROR ? STYLE_ERROR : STYLE_WIRE;

    if (row->others == NO_INDEX && row->column == row->to_column)
        draw_to_itself(c, row, style, after);
    else
        page_arrow(c, row, style);
}

static void draw_row(struct page *c, const struct row *row, uint32_t after) {
    char time[32];

    put_lines(c, row->lines);
    if (row->timed) {
        snprintf(time, sizeof time, "%.3f", (double)(row->time - c->l->start) / 1e6);
        put_time(c, time);
    }
    switch (row->kind) {
    case ROW_POINT:
        draw_point(c, row, after);
        break;
    case ROW_ARROW:
        draw_arrow(c, row, after);
        break;
    case ROW_NOTE:
        if (!put_left(c, row, ladder_text(c->l, row->texts[0]), STYLE_QUIET))
            put_wrapped(c, row, ladder_text(c->l, row->texts[0]), STYLE_QUIET, after);
        break;
    default:
        put_time(c, c->signs->gap);
        if (row->texts[0])
            canvas_put(&c->canvas, page_x(c, row->column < 0 ? 0 : row->column) + 2,
                       ladder_text(c->l, row->texts[0]), STYLE_QUIET);
        canvas_flush(&c->canvas);
    }
}

/** Cuts a title to its column. */
static void put_title(struct page *c, size_t column, uint32_t text, enum style style) {
    char line[256];
    const char *title = ladder_text(c->l, text);
    int room = column + 1 < c->l->column_count ? c->spacing - 1 : c->canvas.width - page_x(c, (int)column);
    size_t length = cells_fit(title, room);

    snprintf(line, sizeof line, "%.*s", (int)length, title);
    canvas_put(&c->canvas, page_x(c, (int)column), line, style);
}

static void draw_heading(struct page *c) {
    put_time(c, "ms");
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

static int gutter_width(const struct ladder *l) {
    char text[32];
    int64_t last = l->row_count ? l->rows[l->row_count - 1].time - l->start : 0;
    int width = snprintf(text, sizeof text, "%.3f", (double)last / 1e6);

    return (width > 5 ? width : 5) + 3;
}

/** Divides the width: the last column is narrow when no program stands there.
 */
static void divide(struct page *c, int width) {
    const struct ladder *l = c->l;
    int count = (int)l->column_count;
    bool narrow = count > 1 && l->columns[count - 1].lane < 0;
    int last = narrow ? 13 : 0;

    c->gutter = gutter_width(l);
    int parts = narrow ? count - 1 : count;
    c->spacing = parts > 0 ? (width - c->gutter - last) / parts : width;
    if (count > 1 && c->spacing > WIDEST)
        c->spacing = WIDEST;
    if (c->spacing < NARROWEST)
        c->spacing = NARROWEST; // too many columns for the terminal: the picture
                                // gets wider than asked
    int needed = c->gutter + c->spacing * parts + last;
    c->canvas.width = needed > width ? needed : width;
}

void ladder_print(const struct ladder *l, int width, bool colours, struct buffer *out) {
    struct page c = {
        .l = l, .signs = l->options.ascii ? &ascii : &utf8, .canvas = {.out = out, .colours = colours}};

    divide(&c, width < MOST_WIDTH ? width : MOST_WIDTH);
    c.canvas.cells = calloc((size_t)c.canvas.width + 2, sizeof *c.canvas.cells);
    if (!c.canvas.cells)
        die(1, "out of memory");
    canvas_clear(&c.canvas);
    draw_heading(&c);
    for (size_t i = 0; i < l->row_count; i++)
        draw_row(&c, &l->rows[i], i + 1 < l->row_count ? l->rows[i + 1].lines : l->rows[i].lines);
    bool any = false;
    for (size_t i = 0; i < l->row_count; i++)
        any = any || l->rows[i].kind == ROW_ARROW || l->rows[i].mark < MARK_SIGNAL;
    if (!any)
        buffer_text(out, "  (no call on a socket, and no packet)\n");
    if (l->r->lost > 0)
        buffer_format(out, "  %llu packets were lost by the capture and are missing here\n",
                      (unsigned long long)l->r->lost);
    free(c.canvas.cells);
}
