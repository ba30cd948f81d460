/**
 * @file
 * The ladder's arrows as SVG: their shafts, and as much of their texts as fits.
 */
#include "svg.h"

/** An arrow's head, at x. */
static void put_head(struct picture *p, int x, int y, int step, const char *class) {
    buffer_format(p->out, "<path class=\"%s\" d=\"M%d %dl%d 5m%d -5l%d -5\"/>\n", class, x, y, -8 * step,
                  8 * step, -8 * step);
}

static void put_shaft(struct picture *p, const struct row *row, int from, int to, int y) {
    int step = from < to ? 1 : -1;
    const char *class = row->tone == TONE_ERROR ? "refusal" : "arrow";
    int x = picture_x(p, to) - (row->dead ? 8 * step : step);

    buffer_format(p->out, "<path class=\"%s%s\" d=\"M%d %dH%d\"/>\n", class, row->dashed ? " dashed" : "",
                  picture_x(p, from), y, x);
    put_head(p, x, y, step, class);
    if (row->dead)
        buffer_format(p->out, "<path class=\"cross\" d=\"M%d %dl10 10m0 -10l-10 10\"/>\n",
                      picture_x(p, to) - 5, y - 5);
}

/** The inscription: the longest text that fits above, the addresses small below. */
static void put_inscription(struct picture *p, const struct row *row, int from, int to, int y) {
    const struct ladder *l = p->l;
    int left = picture_x(p, from < to ? from : to);
    int right = picture_x(p, from < to ? to : from);
    int room = (right - left - 16) * 100 / SVG_CELL;
    int chosen = 0;

    while (chosen < 2 && row->texts[chosen + 1] && cells_width(ladder_text(l, row->texts[chosen])) > room)
        chosen++;
    picture_text(p, (left + right) / 2, y - 7, row->tone == TONE_ERROR ? "error" : "wire", "middle",
                 slice_of(ladder_text(l, row->texts[chosen])));
    for (int ends = 0; ends < 2; ends++) {
        if (!row->ends[ends] || !row->ends[2 + ends] || row->others != NO_INDEX || row->tone == TONE_ERROR)
            continue;
        const char *begin = ladder_text(l, row->ends[from < to ? ends : 2 + ends]);
        const char *end = ladder_text(l, row->ends[from < to ? 2 + ends : ends]);
        if (cells_width(begin) + cells_width(end) + 4 > room)
            continue;
        picture_text(p, left + 8, y + 13, "small", "", slice_of(begin));
        picture_text(p, right - 8, y + 13, "small", "end", slice_of(end));
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
        put_shaft(p, row, row->column, others[i], y);
        if (nearest < 0 || (others[i] > row->column && others[i] < nearest))
            nearest = others[i];
    }
    if (nearest >= 0)
        put_inscription(p, row, row->column, nearest, y);
}

void picture_arrow(struct picture *p, const struct row *row, int y) {
    if (row->others != NO_INDEX) {
        draw_shared(p, row, y);
    } else {
        put_shaft(p, row, row->column, row->to_column, y);
        put_inscription(p, row, row->column, row->to_column, y);
    }
}
