/**
 * @file
 * A part of the ladder: the rows near those that matter.
 */
#include "ladder.h"

#include <stdlib.h>
#include <string.h>

static bool matters(const struct ladder *l, const struct row *row) {
    for (int i = 0; i < 3 && row->texts[i]; i++) {
        char *text = strdup(ladder_text(l, row->texts[i]));
        if (!text)
            die(1, "out of memory");
        for (char *blank = text; (blank = strchr(blank, *HARD));)
            *blank = ' ';
        bool found = strstr(text, l->options.around) != NULL;
        free(text);
        if (found)
            return true;
    }
    return false;
}

void ladder_cut(struct ladder *l) {
    bool *keep = calloc(l->row_count + 1, sizeof *keep);
    size_t kept = 0;
    size_t near = (size_t)l->options.near;

    if (!keep)
        die(1, "out of memory");
    for (size_t i = 0; i < l->row_count; i++) {
        if (!matters(l, &l->rows[i]))
            continue;
        size_t first = i > near ? i - near : 0;
        for (size_t k = first; k < l->row_count && k <= i + near; k++)
            keep[k] = true;
    }
    for (size_t i = 0; i < l->row_count; i++) {
        if (keep[i]) {
            l->rows[kept++] = l->rows[i];
        } else if (i == 0 || keep[i - 1]) { // one row stands for all that are left out
            struct row cut = l->rows[i];
            cut.kind = ROW_CUT;
            cut.timed = false;
            cut.texts[0] = 0;
            l->rows[kept++] = cut;
        }
    }
    l->row_count = kept;
    free(keep);
}
