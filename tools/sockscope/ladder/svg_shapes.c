/**
 * @file
 * The shapes of an SVG picture.
 */
#include "svg_shapes.h"

#include "svg_head.h"

void svg_text(struct buffer *out, int x, int y, const char *class, const char *anchor, struct slice text) {
    if (text.size == 0)
        return;
    buffer_format(out, "<text x=\"%d\" y=\"%d\"", x, y);
    if (*class)
        buffer_format(out, " class=\"%s\"", class);
    if (*anchor)
        buffer_format(out, " text-anchor=\"%s\"", anchor);
    buffer_text(out, ">");
    svg_escape(out, text);
    buffer_text(out, "</text>\n");
}

static void put_cross(struct buffer *out, int x, int y) {
    buffer_format(out, "<path class=\"cross\" d=\"M%d %dl10 10m0 -10l-10 10\"/>\n", x - 5, y - 5);
}

void svg_mark(struct buffer *out, int x, int y, uint8_t mark) {
    switch (mark) {
    case MARK_ERROR:
        put_cross(out, x, y);
        break;
    case MARK_WAITS:
        buffer_format(out, "<circle class=\"open\" cx=\"%d\" cy=\"%d\" r=\"4.5\" stroke-width=\"1.5\"/>\n", x, y);
        break;
    case MARK_END:
        buffer_format(out, "<rect class=\"mark\" x=\"%d\" y=\"%d\" width=\"9\" height=\"9\"/>\n", x - 4, y - 4);
        break;
    case MARK_SIGNAL:
        buffer_format(out, "<path class=\"cross\" d=\"M%d %dl-4 7h8l-4 7\"/>\n", x, y - 7);
        break;
    default:
        buffer_format(out, "<circle class=\"mark\" cx=\"%d\" cy=\"%d\" r=\"5\"/>\n", x, y);
    }
}

void svg_arrow(struct buffer *out, const struct row *row, int from, int to, int y) {
    int step = from < to ? 1 : -1;
    const char *class = row->tone == TONE_ERROR ? "refusal" : "arrow";
    int head = to - (row->dead ? 8 * step : step);

    buffer_format(out, "<path class=\"%s%s\" d=\"M%d %dH%d\"/>\n", class, row->dashed ? " dashed" : "", from, y, head);
    buffer_format(out, "<path class=\"%s\" d=\"M%d %dl%d 5m%d -5l%d -5\"/>\n", class, head, y, -8 * step, 8 * step,
                  -8 * step);
    if (row->dead)
        put_cross(out, to, y);
}

void svg_line(struct buffer *out, int x, uint8_t line, int from, int to) {
    static const char *const classes[] = {"", "alive", "wait", "nobody"};

    if (line == LINE_NONE || from == to)
        return;
    if (line == LINE_WAITS)
        buffer_format(out, "<path class=\"wait\" d=\"M%d %dV%d\"/>\n", x, from, to);
    buffer_format(out, "<path class=\"%s\" d=\"M%d %dV%d\"/>\n", line == LINE_WAITS ? "alive" : classes[line], x, from,
                  to);
}

const char *svg_class(uint8_t tone) {
    return tone == TONE_ERROR ? "error" : tone == TONE_QUIET ? "quiet" : "";
}

void svg_step(struct buffer *out, const struct row *row, int *step) {
    if (row->kind == ROW_POINT || row->kind == ROW_ARROW)
        ++*step;
    buffer_format(out, "<g data-step=\"%d\">\n", *step);
}
