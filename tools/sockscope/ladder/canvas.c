/**
 * @file
 * A line of a terminal.
 */
#include "canvas.h"

#include <string.h>

void canvas_clear(struct canvas *c) {
    for (int i = 0; i < c->width; i++)
        c->cells[i] = (struct cell){" ", STYLE_PLAIN};
}

int canvas_put(struct canvas *c, int x, const char *text, enum style style) {
    while (*text) {
        int cells = 0;
        size_t length = cells_next(text, &cells);
        if (cells == 0 && x > 0 && strlen(c->cells[x - 1].text) + length < CELL_BYTES) {
            strncat(c->cells[x - 1].text, text,
                    length); // a combining mark belongs to the cell before
        } else if (cells > 0) {
            if (x < 0 || x + cells > c->width || length >= CELL_BYTES)
                return x;
            memcpy(c->cells[x].text, *text == *HARD ? " " : text, length);
            c->cells[x].text[length] = '\0';
            c->cells[x].style = (uint8_t)style;
            if (cells == 2)
                c->cells[x + 1] = (struct cell){"", (uint8_t)style};
            x += cells;
        }
        text += length;
    }
    return x;
}

void canvas_flush(struct canvas *c) {
    static const char *const colours[] = {"", "\033[1m", "\033[2m", "\033[31m", "\033[36m"};
    int end = c->width;
    uint8_t style = STYLE_PLAIN;

    while (end > 0 && strcmp(c->cells[end - 1].text, " ") == 0)
        end--;
    for (int i = 0; i < end; i++) {
        if (c->colours && c->cells[i].style != style && strcmp(c->cells[i].text, " ") != 0) {
            style = c->cells[i].style;
            buffer_text(c->out, "\033[0m");
            buffer_text(c->out, colours[style]);
        }
        buffer_text(c->out, c->cells[i].text);
    }
    if (style != STYLE_PLAIN)
        buffer_text(c->out, "\033[0m");
    buffer_text(c->out, "\n");
    canvas_clear(c);
}
