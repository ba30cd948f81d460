/**
 * @file
 * The arrows of a page.
 */
#include "page.h"

#include <stdio.h>
#include <string.h>

static void draw_to_itself(struct page *c, const struct row *row, enum style style, uint32_t after) {
    char text[256];

    snprintf(text, sizeof text, "%.200s%s", ladder_text(c->l, row->texts[0]), ladder_to_itself(c->l, row));
    canvas_put(&c->canvas, page_x(c, row->column), c->signs->itself, style);
    page_wrapped(c, row, text, style, after);
}

/** The texts of an arrow: what is sent, and the addresses at its two ends, as far as they fit. */
struct inscription {
    const char *middle, *left, *right;
};

static int inscription_width(const struct inscription *i) {
    int ends = (*i->left ? cells_width(i->left) + 3 : 0) + (*i->right ? cells_width(i->right) + 3 : 0);
    return cells_width(i->middle) + 4 + ends;
}

static struct inscription choose_inscription(const struct page *c, const struct row *row, int space, bool rightwards) {
    const struct ladder *l = c->l;

    for (int text = 0; text < 3 && row->texts[text]; text++) {
        for (int ends = text == 0 ? 0 : 2; ends < 3; ends++) {
            struct inscription i = {ladder_text(l, row->texts[text]), "", ""};
            if (ends < 2 && row->ends[ends] && row->ends[2 + ends]) {
                i.left = ladder_text(l, row->ends[rightwards ? ends : 2 + ends]);
                i.right = ladder_text(l, row->ends[rightwards ? 2 + ends : ends]);
            } else if (ends < 2) {
                continue;
            }
            if (inscription_width(&i) <= space)
                return i;
        }
    }
    return (struct inscription){"", "", ""};
}

/** @return false when there is no space even for the shortest words */
static bool put_inscription(struct page *c, const struct row *row, int from, int to, bool rightwards,
                            enum style style) {
    if (c->text)
        return true; // it stands on the right
    struct inscription i = choose_inscription(c, row, to - from, rightwards);
    char text[512];

    if (!*i.middle)
        return false;

    if (*i.left) {
        snprintf(text, sizeof text, " %.400s ", i.left);
        from = canvas_put(&c->canvas, from + 1, text, STYLE_QUIET);
    }
    if (*i.right) {
        snprintf(text, sizeof text, " %.400s ", i.right);
        to -= cells_width(text) + 1;
        canvas_put(&c->canvas, to, text, STYLE_QUIET);
    }
    snprintf(text, sizeof text, " %.400s ", i.middle);
    canvas_put(&c->canvas, from + (to - from - cells_width(text)) / 2, text, style);
    return true;
}

/** Draws the shaft from one column to another and the head at its end. */
static void put_shaft(struct page *c, const struct row *row, int from, int to, enum style style) {
    int x = page_x(c, from);
    int end = page_x(c, to);
    int step = x < end ? 1 : -1;
    const char *shaft = row->dashed ? c->signs->dash : c->signs->line;

    for (x += step; x != end; x += step) {
        bool crossed = strcmp(c->canvas.cells[x].text, " ") != 0;
        canvas_put(&c->canvas, x, crossed ? c->signs->cross : shaft, style);
    }
    canvas_put(&c->canvas, end - step, step > 0 ? c->signs->right : c->signs->left, style);
    if (row->dead)
        canvas_put(&c->canvas, end, c->signs->dead, STYLE_ERROR);
}

/** A broadcast: from its sender to both sides, with a head at each receiver. @return false when it has no words */
static bool draw_shared(struct page *c, const struct row *row, enum style style) {
    const int16_t *others = c->l->others + row->others;
    int left = row->column;
    int right = row->column;

    for (size_t i = 0; others[i] >= 0; i++) {
        left = others[i] < left ? others[i] : left;
        right = others[i] > right ? others[i] : right;
    }
    if (left < row->column)
        put_shaft(c, row, row->column, left, style);
    if (right > row->column)
        put_shaft(c, row, row->column, right, style);
    for (size_t i = 0; others[i] >= 0; i++) {
        int x = page_x(c, others[i]);
        if (others[i] == row->column)
            continue;
        canvas_put(&c->canvas, others[i] < row->column ? x + 1 : x - 1,
                   others[i] < row->column ? c->signs->left : c->signs->right, style);
        canvas_put(&c->canvas, x, c->signs->alive, STYLE_PLAIN);
    }
    bool rightwards = right > row->column;
    int from = page_x(c, rightwards ? row->column : row->column - 1);
    canvas_put(&c->canvas, page_x(c, row->column), rightwards ? c->signs->from_left : c->signs->from_right, style);
    return put_inscription(c, row, from + 1, from + c->spacing - 1, rightwards, style);
}

/** From one column to another: a head at one end, the line where it began at the other. @return as above */
static bool draw_plain(struct page *c, const struct row *row, enum style style) {
    bool rightwards = row->to_column > row->column;

    put_shaft(c, row, row->column, row->to_column, style);
    canvas_put(&c->canvas, page_x(c, row->column), rightwards ? c->signs->from_left : c->signs->from_right, style);
    int from = page_x(c, rightwards ? row->column : row->to_column) + 1;
    int to = page_x(c, rightwards ? row->to_column : row->column) - 1;
    return put_inscription(c, row, rightwards ? from : from + 1, rightwards ? to : to + 1, rightwards, style);
}

/** Draws an arrow from one column to another or to several, and writes its line out. */
static void put_arrow(struct page *c, const struct row *row, enum style style, uint32_t after) {
    bool told = row->others != NO_INDEX ? draw_shared(c, row, style) : draw_plain(c, row, style);

    if (c->text) {
        page_wrapped(c, row, ladder_text(c->l, row->texts[0]), style, after);
        return;
    }
    canvas_flush(&c->canvas);
    if (told)
        return;
    struct row below = *row; // the words stand under an arrow that is too short for them
    below.column = row->to_column < row->column ? row->to_column : row->column;
    page_lines(c, after);
    page_wrapped(c, &below, ladder_text(c->l, row->texts[row->texts[1] ? 1 : 0]), style, after);
}

void page_arrow(struct page *c, const struct row *row, uint32_t after) {
    enum style style = row->tone == TONE_ERROR ? STYLE_ERROR : STYLE_WIRE;

    if (row->others == NO_INDEX && row->column == row->to_column)
        draw_to_itself(c, row, style, after);
    else
        put_arrow(c, row, style, after);
}
