/**
 * @file
 * The ladder in a terminal: a canvas of cells, filled row by row.
 */
#include "ladder.h"

#include "page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MIN_SPACING = 16, CROWDED_SPACING = 3, MIN_TEXT = 12, MAX_SPACING = 46, MAX_WIDTH = 1000 };

/** Output is written in pieces of this size. */
enum { PIECE = 1 << 16 };

static const struct signs utf8 = {"│", "┆", "┊", "●", "✗", "○", "!", "■", "─",
                                  "╌", "▶", "◀", "├", "┤", "┼", "✗", "↺", "⋮"};
static const struct signs ascii = {"|", ":", ".", "*", "x", "o", "!", "#", "-",
                                   ".", ">", "<", "|", "|", "+", "x", "@", ":"};

static enum style style_of(uint8_t tone) {
    return tone == TONE_ERROR ? STYLE_ERROR : tone == TONE_QUIET ? STYLE_QUIET : STYLE_PLAIN;
}

/** A remark in the last, narrow column stands on the left of its line. */
static bool put_left(struct page *c, const struct row *row, const char *text, enum style style) {
    int column = row->column;
    int width = cells_width(text);

    bool narrow = column > 0 && c->l->columns[column].lane < 0 && c->text == 0;
    if (width <= page_space(c, row) || !narrow)
        return false;
    canvas_put(&c->canvas, page_x(c, column) - 2 - width, text, style);
    canvas_flush(&c->canvas);
    return true;
}
static void draw_point(struct page *c, const struct row *row, uint32_t after) {
    const char *const marks[] = {c->signs->ok, c->signs->error, c->signs->begin, c->signs->signal, c->signs->end};
    enum style style = style_of(row->tone);

    canvas_put(&c->canvas, page_x(c, row->column), marks[row->mark], style);
    page_wrapped(c, row, ladder_text(c->l, row->texts[0]), style, after);
}

static void draw_row(struct page *c, const struct row *row, uint32_t after) {
    char time[32];

    page_lines(c, row->lines);
    if (row->timed) {
        snprintf(time, sizeof time, "%.3f", (double)(row->time - c->l->start) / 1e6);
        page_time(c, time);
    }
    switch (row->kind) {
    case ROW_POINT:
        draw_point(c, row, after);
        break;
    case ROW_ARROW:
        page_arrow(c, row, after);
        break;
    case ROW_NOTE:
        if (!put_left(c, row, ladder_text(c->l, row->texts[0]), STYLE_QUIET))
            page_wrapped(c, row, ladder_text(c->l, row->texts[0]), STYLE_QUIET, after);
        break;
    default:
        page_time(c, c->signs->gap);
        if (row->texts[0])
            canvas_put(&c->canvas, page_text_x(c, row), ladder_text(c->l, row->texts[0]), STYLE_QUIET);
        canvas_flush(&c->canvas);
    }
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
    if (count > 1 && c->spacing > MAX_SPACING)
        c->spacing = MAX_SPACING;
    c->text = 0;
    if (c->spacing < MIN_SPACING && c->gutter + MIN_SPACING * parts + last > width) {
        bool fits = c->gutter + CROWDED_SPACING * count + MIN_SPACING <= width;
        c->spacing = fits ? CROWDED_SPACING : CROWDED_SPACING - 1;
        c->text = c->gutter + c->spacing * count;
    }
    int needed = c->text ? c->text + MIN_TEXT : c->gutter + c->spacing * parts + last;
    c->canvas.width = needed > width ? needed : width;
}

/** A line about the whole page, broken to fit; it is freed. */
static void put_closing(const struct page *c, struct buffer *text) {
    const char *rest = text->at;

    while (*rest) {
        size_t length = cells_break(rest, c->canvas.width - 2);
        buffer_text(c->canvas.out, "  ");
        for (size_t i = 0; i < length; i++) {
            if (c->l->options.ascii && (unsigned char)rest[i] >= 0x80)
                buffer_text(c->canvas.out, "?");
            else
                buffer_add(c->canvas.out, rest + i, 1);
        }
        buffer_text(c->canvas.out, "\n");
        rest += length;
        while (*rest == ' ')
            rest++;
    }
    buffer_free(text);
}

/** Says that nothing happened where that is certain, and else that it is not known. */
static void put_emptiness(const struct page *c) {
    const struct ladder *l = c->l;
    struct buffer text = {0};

    for (size_t i = 0; i < l->row_count; i++)
        if (l->rows[i].kind == ROW_ARROW || l->rows[i].mark < MARK_SIGNAL)
            return;
    for (size_t i = 0; i < l->r->lane_count && text.size == 0; i++)
        if (!l->r->lanes[i].traced)
            buffer_format(&text, "(the calls of %s were not recorded)", l->r->lanes[i].name);
    if (text.size == 0)
        buffer_text(&text, "(no call on a socket, and no packet)");
    put_closing(c, &text);
}

static void put_lost(const struct page *c) {
    struct buffer text = {0};

    if (c->l->r->lost == 0)
        return;
    buffer_format(&text, "%llu packets were lost by the capture and are missing here",
                  (unsigned long long)c->l->r->lost);
    put_closing(c, &text);
}

static void put_count(struct buffer *text, size_t count, const char *one, const char *several, const char *option) {
    if (count > 0)
        buffer_format(text, "%s%zu %s not drawn: %s", text->size ? "; " : "", count, count == 1 ? one : several,
                      option);
}

/** Says what an option would show. */
static void put_hidden(const struct page *c) {
    struct buffer text = {0};

    put_count(&text, c->l->hidden_packets, "packet", "packets", "--all");
    put_count(&text, c->l->hidden_calls, "call on UNIX sockets", "calls on UNIX sockets", "--unix");
    if (text.size > 0)
        put_closing(c, &text);
}

/** Writes out what was drawn, when it is much. */
static void write_piece(struct buffer *out, FILE *file, size_t least) {
    if (!file || out->size < least)
        return;
    fwrite(out->at, 1, out->size, file);
    out->size = 0;
}

void ladder_print(const struct ladder *l, int width, bool colours, struct buffer *out, FILE *file) {
    struct page c = {.l = l, .signs = l->options.ascii ? &ascii : &utf8, .canvas = {.out = out, .colours = colours}};

    divide(&c, width < MAX_WIDTH ? width : MAX_WIDTH);
    c.canvas.cells = calloc((size_t)c.canvas.width + 2, sizeof *c.canvas.cells);
    if (!c.canvas.cells)
        die(FAILED, "out of memory");
    canvas_clear(&c.canvas);
    page_heading(&c);
    for (size_t i = 0; i < l->row_count && (!file || !ferror(file)); i++) {
        draw_row(&c, &l->rows[i], i + 1 < l->row_count ? l->rows[i + 1].lines : l->rows[i].lines);
        write_piece(out, file, PIECE);
    }
    put_emptiness(&c);
    put_lost(&c);
    put_hidden(&c);
    write_piece(out, file, 0);
    free(c.canvas.cells);
}
