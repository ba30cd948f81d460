/**
 * @file
 * The ladder in a terminal: a canvas of cells, filled row by row.
 */
#include "ladder.h"

#include "canvas.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MIN_SPACING = 16, CROWDED_SPACING = 3, MIN_TEXT = 12, MAX_SPACING = 46, MAX_WIDTH = 1000, ROOMY = 24 };

/** The signs that pages are made of; each takes one cell. */
struct signs {
    const char *alive;      ///< line of a program that runs
    const char *waits;      ///< line of a program that waits
    const char *nobody;     ///< line where there is no program
    const char *ok;         ///< mark of a call that worked
    const char *error;      ///< mark of a call that failed
    const char *begin;      ///< mark of a call that waits
    const char *signal;     ///< mark of a signal
    const char *end;        ///< mark of a process's end
    const char *line;       ///< an arrow's shaft
    const char *dash;       ///< the shaft of an ICMP message
    const char *right;      ///< an arrow's head
    const char *left;       ///< an arrow's head
    const char *from_left;  ///< where an arrow to the right begins
    const char *from_right; ///< where an arrow to the left begins
    const char *cross;      ///< where a shaft crosses a line
    const char *dead;       ///< where an arrow ends and no socket is
    const char *itself;     ///< a packet to its own sender
    const char *gap;        ///< time passes
};

/** The page while it is drawn. */
struct page {
    const struct ladder *l;    ///< what is drawn
    const struct signs *signs; ///< with which signs
    struct canvas canvas;      ///< the line that is being filled
    int gutter;                ///< cells before the first column
    int spacing;               ///< cells from one column to the next
    int text;                  ///< of a page with too many columns: where all texts begin, on their right; else 0
};

static const struct signs utf8 = {"│", "┆", "┊", "●", "✗", "○", "!", "■", "─",
                                  "╌", "▶", "◀", "├", "┤", "┼", "✗", "↺", "⋮"};
static const struct signs ascii = {"|", ":", ".", "*", "x", "o", "!", "#", "-",
                                   ".", ">", "<", "|", "|", "+", "x", "@", ":"};

/** The cell of a column. */
static int page_x(const struct page *c, int column) {
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

/** Where a row's text begins. */
static int text_x(const struct page *c, const struct row *row) {
    return c->text ? c->text : page_x(c, row->column < 0 ? 0 : row->column) + 2;
}

/** Space for a text beside a column's line. */
static int space_beside(const struct page *c, const struct row *row) {
    if (c->text)
        return c->canvas.width - c->text;
    int last = row->column + ladder_free_columns(c->l, row);
    bool to_the_edge = last + 1 >= (int)c->l->column_count;
    return to_the_edge ? c->canvas.width - page_x(c, row->column) - 2
                       : page_x(c, last + 1) - page_x(c, row->column) - 3;
}

/** Writes a text beside its column, in as many lines as it takes; the lines
 * below show the state after it. */
static void put_wrapped(struct page *c, const struct row *row, const char *text, enum style style, uint32_t after) {
    int space = space_beside(c, row);
    int indent = 0;

    for (;;) {
        char line[512];
        size_t length = cells_break(text, space);
        size_t copy = length < sizeof line - 1 ? length : sizeof line - 1;
        memcpy(line, text, copy);
        line[copy] = '\0';
        canvas_put(&c->canvas, text_x(c, row) + indent, line, style);
        canvas_flush(&c->canvas);
        text += length;
        while (*text == ' ' || *text == *HARD)
            text++;
        if (!*text)
            return;
        put_lines(c, after);
        indent = space_beside(c, row) < ROOMY ? 0 : 2;
        space = space_beside(c, row) - indent;
    }
}

/** A remark in the last, narrow column stands on the left of its line. */
static bool put_left(struct page *c, const struct row *row, const char *text, enum style style) {
    int column = row->column;
    int width = cells_width(text);

    bool narrow = column > 0 && c->l->columns[column].lane < 0 && c->text == 0;
    if (width <= space_beside(c, row) || !narrow)
        return false;
    canvas_put(&c->canvas, page_x(c, column) - 2 - width, text, style);
    canvas_flush(&c->canvas);
    return true;
}

static void draw_point(struct page *c, const struct row *row, uint32_t after) {
    const char *const marks[] = {c->signs->ok, c->signs->error, c->signs->begin, c->signs->signal, c->signs->end};
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

static void put_inscription(struct page *c, const struct row *row, int from, int to, bool rightwards,
                            enum style style) {
    if (c->text)
        return; // it stands on the right
    struct inscription i = choose_inscription(c, row, to - from, rightwards);
    char text[512];

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
    if (*i.middle)
        canvas_put(&c->canvas, from + (to - from - cells_width(text)) / 2, text, style);
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

/** A broadcast: from its sender to both sides, with a head at each receiver. */
static void draw_shared(struct page *c, const struct row *row, enum style style) {
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
    put_inscription(c, row, from + 1, from + c->spacing - 1, rightwards, style);
}

/** From one column to another: a head at one end, the line where it began at the other. */
static void draw_plain(struct page *c, const struct row *row, enum style style) {
    bool rightwards = row->to_column > row->column;

    put_shaft(c, row, row->column, row->to_column, style);
    canvas_put(&c->canvas, page_x(c, row->column), rightwards ? c->signs->from_left : c->signs->from_right, style);
    int from = page_x(c, rightwards ? row->column : row->to_column) + 1;
    int to = page_x(c, rightwards ? row->to_column : row->column) - 1;
    put_inscription(c, row, rightwards ? from : from + 1, rightwards ? to : to + 1, rightwards, style);
}

/** Draws an arrow from one column to another or to several, and writes its line out. */
static void put_arrow(struct page *c, const struct row *row, enum style style, uint32_t after) {
    if (row->others != NO_INDEX)
        draw_shared(c, row, style);
    else
        draw_plain(c, row, style);
    if (c->text)
        put_wrapped(c, row, ladder_text(c->l, row->texts[0]), style, after);
    else
        canvas_flush(&c->canvas);
}

static void draw_arrow(struct page *c, const struct row *row, uint32_t after) {
    enum style style = row->tone == TONE_ERROR ? STYLE_ERROR : STYLE_WIRE;

    if (row->others == NO_INDEX && row->column == row->to_column)
        draw_to_itself(c, row, style, after);
    else
        put_arrow(c, row, style, after);
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
            canvas_put(&c->canvas, text_x(c, row), ladder_text(c->l, row->texts[0]), STYLE_QUIET);
        canvas_flush(&c->canvas);
    }
}

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

static void draw_heading(struct page *c) {
    put_time(c, "ms");
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

void ladder_print(const struct ladder *l, int width, bool colours, struct buffer *out) {
    struct page c = {.l = l, .signs = l->options.ascii ? &ascii : &utf8, .canvas = {.out = out, .colours = colours}};

    divide(&c, width < MAX_WIDTH ? width : MAX_WIDTH);
    c.canvas.cells = calloc((size_t)c.canvas.width + 2, sizeof *c.canvas.cells);
    if (!c.canvas.cells)
        die(FAILED, "out of memory");
    canvas_clear(&c.canvas);
    draw_heading(&c);
    for (size_t i = 0; i < l->row_count; i++)
        draw_row(&c, &l->rows[i], i + 1 < l->row_count ? l->rows[i + 1].lines : l->rows[i].lines);
    put_emptiness(&c);
    put_lost(&c);
    free(c.canvas.cells);
}
