/**
 * @file
 * The ladder as SVG: one picture for light and dark pages, without scripts, with text that can be selected
 * and found.
 */
#include "ladder.h"

#include "steps.h"
#include "svg_head.h"
#include "svg_shapes.h"

#include <stdio.h>
#include <string.h>

/** The width of a character in hundredths of a pixel. */
enum { SVG_CELL = 782 };

/** The picture while it is drawn; lengths are in pixels. */
struct picture {
    const struct ladder *l; ///< what is drawn
    struct buffer *out;     ///< is appended to; not owned
    int spacing;            ///< from one column to the next
    int width;              ///< of the picture
    int y;                  ///< where the next row begins
};

enum {
    LINE = 19,  ///< height of a line of text
    ARROW = 37, ///< height of an arrow with its inscription
    GUTTER = 76,
    MARGIN = 14,
    HEAD = 50,
    STEPS = 500, ///< the most rows that are stepped through
    NARROW = 96, ///< the last column, when no program stands there
};

/** The x of a column's line. */
static int picture_x(const struct picture *p, int column) {
    return MARGIN + GUTTER + column * p->spacing;
}

static int space_beside(const struct picture *p, const struct row *row) {
    int last = row->column + ladder_free_columns(p->l, row);
    bool to_the_edge = last + 1 >= (int)p->l->column_count;
    int end = to_the_edge ? p->width - MARGIN : picture_x(p, last + 1) - SVG_CELL / 100;
    return (end - picture_x(p, row->column) - 14) * 100 / SVG_CELL;
}

/** How many lines a text takes beside its column. */
static int count_lines(const struct picture *p, const struct row *row) {
    const char *text = ladder_text(p->l, row->texts[0]);
    int lines = 0;

    do {
        size_t length = cells_break(text, space_beside(p, row));
        text += length;
        while (*text == ' ' || *text == *HARD)
            text++;
        lines++;
    } while (*text);
    return lines;
}

/** A remark in the last, narrow column stands on the left of its line. */
static bool stands_left(const struct picture *p, const struct row *row) {
    return row->kind == ROW_NOTE && row->column > 0 && p->l->columns[row->column].lane < 0 &&
           cells_width(ladder_text(p->l, row->texts[0])) > space_beside(p, row);
}

static int row_height(const struct picture *p, const struct row *row) {
    if (row->kind == ROW_ARROW && (row->column != row->to_column || row->others != NO_INDEX))
        return ARROW;
    if (row->kind == ROW_CUT || row->kind == ROW_GAP || stands_left(p, row))
        return LINE;
    return count_lines(p, row) * LINE + 4;
}

static void put_wrapped(struct picture *p, const struct row *row, const char *class, const char *after) {
    const char *text = ladder_text(p->l, row->texts[0]);
    int y = p->y + LINE - 4;

    do {
        size_t length = cells_break(text, space_beside(p, row));
        struct buffer line = {0};
        buffer_add(&line, text, length);
        text += length;
        while (*text == ' ' || *text == *HARD)
            text++;
        if (!*text)
            buffer_text(&line, after);
        svg_text(p->out, picture_x(p, row->column) + 13, y, class, "", (struct slice){line.at, line.size});
        buffer_free(&line);
        y += LINE;
    } while (*text);
}

/** The inscription: the longest text that fits above, the addresses small below. */
static void put_inscription(struct picture *p, const struct row *row, int from, int to, int y) {
    const struct ladder *l = p->l;
    int left = picture_x(p, from < to ? from : to);
    int right = picture_x(p, from < to ? to : from);
    int space = (right - left - 16) * 100 / SVG_CELL;
    int chosen = 0;

    while (chosen < 2 && row->texts[chosen + 1] && cells_width(ladder_text(l, row->texts[chosen])) > space)
        chosen++;
    svg_text(p->out, (left + right) / 2, y - 7, row->tone == TONE_ERROR ? "error" : "wire", "middle",
             slice_of(ladder_text(l, row->texts[chosen])));
    for (int ends = 0; ends < 2; ends++) {
        if (!row->ends[ends] || !row->ends[2 + ends] || row->others != NO_INDEX || row->tone == TONE_ERROR)
            continue;
        const char *begin = ladder_text(l, row->ends[from < to ? ends : 2 + ends]);
        const char *end = ladder_text(l, row->ends[from < to ? 2 + ends : ends]);
        if (cells_width(begin) + cells_width(end) + 4 > space)
            continue;
        svg_text(p->out, left + 8, y + 13, "small", "", slice_of(begin));
        svg_text(p->out, right - 8, y + 13, "small", "end", slice_of(end));
        return;
    }
}

/** A broadcast: a shaft to each receiver, and one inscription, towards the nearest. */
static void draw_shared(struct picture *p, const struct row *row, int y) {
    const int16_t *others = p->l->others + row->others;
    int nearest = -1;

    for (size_t i = 0; others[i] >= 0; i++) {
        if (others[i] == row->column)
            continue;
        svg_arrow(p->out, row, picture_x(p, row->column), picture_x(p, others[i]), y);
        if (nearest < 0 || (others[i] > row->column && others[i] < nearest))
            nearest = others[i];
    }
    if (nearest >= 0)
        put_inscription(p, row, row->column, nearest, y);
}

/** Draws an arrow from one column to another or to several. */
static void put_arrow(struct picture *p, const struct row *row, int y) {
    if (row->others != NO_INDEX) {
        draw_shared(p, row, y);
    } else {
        svg_arrow(p->out, row, picture_x(p, row->column), picture_x(p, row->to_column), y);
        put_inscription(p, row, row->column, row->to_column, y);
    }
}

static void draw_arrow(struct picture *p, const struct row *row) {
    if (row->others == NO_INDEX && row->column == row->to_column) {
        svg_mark(p->out, picture_x(p, row->column), p->y + LINE / 2 + 1, row->mark);
        put_wrapped(p, row, "wire", ladder_to_itself(p->l, row));
    } else {
        put_arrow(p, row, p->y + 22);
    }
}

static void draw_row(struct picture *p, const struct row *row) {
    bool arrow = row->kind == ROW_ARROW && row->column != row->to_column;

    if (row->timed) {
        char time[32];
        snprintf(time, sizeof time, "%.3f", (double)(row->time - p->l->start) / 1e6);
        svg_text(p->out, MARGIN + GUTTER - 16, p->y + (arrow ? 26 : LINE - 4), "small", "end", slice_of(time));
    }
    if (row->kind == ROW_POINT) {
        svg_mark(p->out, picture_x(p, row->column), p->y + LINE / 2 + 1, row->mark);
        put_wrapped(p, row, svg_class(row->tone), "");
    } else if (row->kind == ROW_ARROW) {
        draw_arrow(p, row);
    } else if (stands_left(p, row)) {
        svg_text(p->out, picture_x(p, row->column) - 10, p->y + LINE - 5, "quiet", "end",
                 slice_of(ladder_text(p->l, row->texts[0])));
    } else if (row->kind == ROW_NOTE) {
        put_wrapped(p, row, "quiet", "");
    } else {
        svg_text(p->out, MARGIN + GUTTER - 16, p->y + LINE - 4, "small", "end", slice_of("⋮"));
        if (row->texts[0])
            svg_text(p->out, picture_x(p, row->column < 0 ? 0 : row->column) + 13, p->y + LINE - 4, "quiet", "",
                     slice_of(ladder_text(p->l, row->texts[0])));
    }
}

/** Where a line changes that looks different from row i on: at the mark of the call that has changed it. */
static int turning_point(const struct picture *p, size_t i, size_t column, int y) {
    const struct row *row = &p->l->rows[i];

    if (row->kind == ROW_POINT && row->column == (int)column)
        return y + LINE / 2;
    if (i > 0 && row[-1].kind == ROW_POINT && row[-1].column == (int)column)
        return y - row_height(p, &row[-1]) + LINE / 2;
    return y;
}

/** The columns' lines, each stretch of one kind in one piece. */
static void draw_lines(struct picture *p, int bottom) {
    const struct ladder *l = p->l;

    for (size_t column = 0; column < l->column_count; column++) {
        uint8_t kind = LINE_NONE;
        int from = p->y;
        int y = p->y;
        for (size_t i = 0; i < l->row_count; i++) {
            uint8_t now = (uint8_t)l->lines.at[l->rows[i].lines + column];
            if (now != kind) {
                int at = turning_point(p, i, column, y);
                svg_line(p->out, picture_x(p, (int)column), kind, from, at);
                kind = now;
                from = at;
            }
            y += row_height(p, &l->rows[i]);
        }
        bool ends = l->row_count > 0 && l->rows[l->row_count - 1].column == (int)column &&
                    l->rows[l->row_count - 1].mark == MARK_END;
        svg_line(p->out, picture_x(p, (int)column), kind, from, ends ? bottom - LINE / 2 : bottom);
    }
}

/** Few columns may be wide; many must stay readable on a phone. */
static void divide(struct picture *p) {
    const struct ladder *l = p->l;
    int count = (int)l->column_count;
    bool narrow = count > 1 && l->columns[count - 1].lane < 0;
    int parts = narrow ? count - 1 : count;
    int cells = parts <= 1 ? 46 : parts == 2 ? 33 : 26;

    p->spacing = cells * SVG_CELL / 100;
    p->width = 2 * MARGIN + GUTTER + parts * p->spacing + (narrow ? NARROW : 0);
}

/** What a page steps through; nobody steps through thousands of rows. */
static void put_steps(const struct ladder *l, struct buffer *out) {
    struct buffer json = {0};

    if (l->row_count > STEPS)
        return;
    ladder_steps(l, &json);
    buffer_text(out, "<metadata>");
    svg_escape(out, (struct slice){json.at, json.size});
    buffer_text(out, "</metadata>\n");
    buffer_free(&json);
}

void ladder_svg(const struct ladder *l, const char *title, struct buffer *out) {
    struct picture p = {.l = l, .out = out, .y = MARGIN + HEAD};
    int height = p.y + MARGIN;
    int step = -1;

    divide(&p);
    for (size_t i = 0; i < l->row_count; i++)
        height += row_height(&p, &l->rows[i]);
    svg_head(l, title, p.width, height, out);
    put_steps(l, out);
    buffer_text(out, "<g class=\"names\">\n");
    svg_text(out, MARGIN + GUTTER - 16, MARGIN + 14, "small", "end", slice_of("ms"));
    for (size_t i = 0; i < l->column_count; i++) {
        svg_text(out, picture_x(&p, (int)i) - 4, MARGIN + 14, "title", "",
                 slice_of(ladder_text(l, l->columns[i].title)));
        svg_text(out, picture_x(&p, (int)i) - 4, MARGIN + 32, "small", "",
                 slice_of(ladder_text(l, l->columns[i].subtitle)));
    }
    buffer_text(out, "</g>\n");
    draw_lines(&p, height - MARGIN);
    for (size_t i = 0; i < l->row_count; i++) {
        svg_step(out, &l->rows[i], &step);
        draw_row(&p, &l->rows[i]);
        buffer_text(out, "</g>\n");
        p.y += row_height(&p, &l->rows[i]);
    }
    buffer_text(out, "</svg>\n");
}
