/**
 * @file
 * The ladder as SVG for a phone: all columns' lines side by side on the left, what happens in words on their right.
 */
#include "ladder.h"

#include "svg_head.h"
#include "svg_shapes.h"

#include <stdio.h>

enum {
    WIDTH = 360,
    MARGIN = 10,
    LINE = 18,       ///< height of a line of text
    CAPTION = 15,    ///< height of the small line with the time and the names
    ROW_SPACE = 9,   ///< between two rows
    SPACING = 20,    ///< from one column to the next
    SPACING_MIN = 9, ///< where there are many
    ROOM = 150,      ///< of all columns' lines
    CELL = 782,      ///< width of a character in hundredths of a pixel
};

/** The picture while it is drawn; lengths are in pixels. */
struct narrow {
    const struct ladder *l; ///< what is drawn
    struct buffer *out;     ///< is appended to; not owned
    int spacing;            ///< from one column to the next
    int text;               ///< where the text begins
    int y;                  ///< where the next row begins
};

static int narrow_x(const struct narrow *n, int column) {
    return MARGIN + 6 + column * n->spacing;
}

/** Writes a text in as many lines as it takes, or only counts them; returns their height. */
static int put_wrapped(const struct narrow *n, int y, const char *class, const char *text, bool draws) {
    int cells = (WIDTH - MARGIN - n->text) * 100 / CELL;
    int height = 0;

    while (*text) {
        size_t length = cells_break(text, cells);
        if (draws)
            svg_text(n->out, n->text, y + height + LINE - 5, class, "", (struct slice){text, length});
        text += length;
        while (*text == ' ' || *text == *HARD)
            text++;
        height += LINE;
    }
    return height;
}

/** Who does something, and to whom. */
static void put_names(const struct narrow *n, const struct row *row, struct buffer *text) {
    const struct ladder *l = n->l;

    if (row->timed)
        buffer_format(text, "%.3f  ", (double)(row->time - l->start) / 1e6);
    buffer_text(text, ladder_text(l, l->columns[row->column].title));
    if (row->kind != ROW_ARROW)
        return;
    if (row->others == NO_INDEX) {
        buffer_format(text, " → %s", ladder_text(l, l->columns[row->to_column].title));
        return;
    }
    const char *between = " → ";
    for (const int16_t *other = l->others + row->others; *other >= 0; other++) {
        if (*other == row->column)
            continue;
        buffer_format(text, "%s%s", between, ladder_text(l, l->columns[*other].title));
        between = ", ";
    }
}

static int row_height(const struct narrow *n, const struct row *row) {
    int words = put_wrapped(n, 0, "", ladder_text(n->l, row->texts[0]), false);

    switch (row->kind) {
    case ROW_POINT:
    case ROW_ARROW:
        return CAPTION + words + ROW_SPACE;
    case ROW_NOTE:
        return words;
    default:
        return LINE + ROW_SPACE;
    }
}

static void put_arrows(const struct narrow *n, const struct row *row, int y) {
    int from = narrow_x(n, row->column);

    if (row->others == NO_INDEX && row->column == row->to_column) {
        svg_mark(n->out, from, y, MARK_OK); // to itself
    } else if (row->others == NO_INDEX) {
        svg_arrow(n->out, row, from, narrow_x(n, row->to_column), y);
    } else {
        for (const int16_t *other = n->l->others + row->others; *other >= 0; other++)
            if (*other != row->column)
                svg_arrow(n->out, row, from, narrow_x(n, *other), y);
    }
}

static void draw_row(const struct narrow *n, const struct row *row) {
    const char *words = ladder_text(n->l, row->texts[0]);
    struct buffer names = {0};

    switch (row->kind) {
    case ROW_POINT:
    case ROW_ARROW:
        put_names(n, row, &names);
        svg_text(n->out, n->text, n->y + ROW_SPACE + CAPTION - 4, "small", "", (struct slice){names.at, names.size});
        if (row->kind == ROW_ARROW)
            put_arrows(n, row, n->y + ROW_SPACE + CAPTION + LINE / 2);
        else
            svg_mark(n->out, narrow_x(n, row->column), n->y + ROW_SPACE + CAPTION + LINE / 2, row->mark);
        put_wrapped(n, n->y + ROW_SPACE + CAPTION,
                    row->tone == TONE_PLAIN && row->kind == ROW_ARROW ? "wire" : svg_class(row->tone), words, true);
        buffer_free(&names);
        break;
    case ROW_NOTE:
        put_wrapped(n, n->y, "quiet", words, true);
        break;
    default:
        buffer_format(&names, "⋮ %s", words);
        svg_text(n->out, n->text, n->y + ROW_SPACE + LINE - 5, "quiet", "", (struct slice){names.at, names.size});
        buffer_free(&names);
    }
}

/** The names, each at the beginning of its column's line. */
static void put_names_of_columns(struct narrow *n) {
    const struct ladder *l = n->l;

    for (size_t i = 0; i < l->column_count; i++) {
        const char *title = ladder_text(l, l->columns[i].title);
        int x = narrow_x(n, (int)i);
        svg_text(n->out, n->text, n->y + LINE - 5, "title", "", slice_of(title));
        svg_text(n->out, n->text + (cells_width(title) + 2) * CELL / 100 + cells_width(title), n->y + LINE - 5, "small",
                 "", slice_of(ladder_text(l, l->columns[i].subtitle)));
        buffer_format(n->out, "<path class=\"nobody\" d=\"M%d %dH%dV%d\"/>\n", n->text - 5, n->y + LINE / 2, x,
                      n->y + (int)(l->column_count - i) * LINE);
        n->y += LINE;
    }
}

/** The columns' lines, each stretch of one kind in one piece; it changes at the mark of the call that changed it. */
static void draw_lines(const struct narrow *n) {
    const struct ladder *l = n->l;

    for (size_t column = 0; column < l->column_count; column++) {
        uint8_t kind = LINE_NONE;
        int from = n->y;
        int mark = n->y;
        int y = n->y;
        for (size_t i = 0; i < l->row_count; i++) {
            const struct row *row = &l->rows[i];
            uint8_t now = (uint8_t)l->lines.at[row->lines + column];
            if (row->kind == ROW_POINT && row->column == (int)column)
                mark = y + ROW_SPACE + CAPTION + LINE / 2;
            if (now != kind) {
                int at = mark > from ? mark : y;
                svg_line(n->out, narrow_x(n, (int)column), kind, from, at);
                kind = now;
                from = at;
            }
            y += row_height(n, row);
        }
        bool ends = l->row_count > 0 && l->rows[l->row_count - 1].column == (int)column &&
                    l->rows[l->row_count - 1].mark == MARK_END;
        svg_line(n->out, narrow_x(n, (int)column), kind, from, ends ? mark : y);
    }
}

void ladder_svg_narrow(const struct ladder *l, const char *title, struct buffer *out) {
    struct narrow n = {.l = l, .out = out, .y = MARGIN, .spacing = SPACING};
    int columns = (int)l->column_count;
    int height = 2 * MARGIN + columns * LINE;
    int step = -1;

    while (columns * n.spacing > ROOM && n.spacing > SPACING_MIN)
        n.spacing--;
    n.text = narrow_x(&n, columns - 1) + 16;
    for (size_t i = 0; i < l->row_count; i++)
        height += row_height(&n, &l->rows[i]);
    svg_head(l, title, WIDTH, height, out);
    put_names_of_columns(&n);
    draw_lines(&n);
    for (size_t i = 0; i < l->row_count; i++) {
        svg_step(out, &l->rows[i], &step);
        draw_row(&n, &l->rows[i]);
        buffer_text(out, "</g>\n");
        n.y += row_height(&n, &l->rows[i]);
    }
    buffer_text(out, "</svg>\n");
}
