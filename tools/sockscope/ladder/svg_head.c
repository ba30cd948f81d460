/**
 * @file
 * The beginning of an SVG picture: its title and description, and the colours of light and dark pages.
 */
#include "svg_head.h"

#include "../base/json.h"

enum { DESCRIPTION = 6000 }; ///< about as much as anybody wants to hear

/** Plain colours first, which every viewer knows. Those who also know custom properties get dark pages' colours. */
static const char style[] =
    "<style>\n"
    ".sockscope{font:13px ui-monospace,'SFMono-Regular',Menlo,Consolas,'DejaVu Sans Mono','Noto Sans Mono "
    "CJK "
    "SC',monospace}\n"
    ".sockscope .paper{fill:#fff}\n"
    ".sockscope text{fill:#1f2328;white-space:pre}\n"
    ".sockscope .title{font-weight:bold;font-size:14px}\n"
    ".sockscope .quiet{fill:#59636e}\n"
    ".sockscope .small{fill:#59636e;font-size:11px}\n"
    ".sockscope .error{fill:#c21a2b}\n"
    ".sockscope .wire{fill:#0a5bc4}\n"
    ".sockscope path{fill:none;stroke:#8c959f;stroke-width:1.5}\n"
    ".sockscope .wait{stroke:#f3d9a4;stroke-width:7}\n"
    ".sockscope .nobody{stroke-dasharray:1.5 5}\n"
    ".sockscope .arrow{stroke:#0a5bc4}\n"
    ".sockscope .refusal{stroke:#c21a2b}\n"
    ".sockscope .dashed{stroke-dasharray:5 4}\n"
    ".sockscope .mark{fill:#1f2328;stroke:#fff}\n"
    ".sockscope .open{fill:#fff;stroke:#1f2328}\n"
    ".sockscope .cross{stroke:#c21a2b;stroke-width:2.5}\n"
    "@supports (fill:var(--ink)) and (paint-order:stroke){\n"
    ".sockscope{--paper:#fff;--ink:#1f2328;--quiet:#59636e;--wire:#0a5bc4;--error:#c21a2b;--wait:#f3d9a4;--"
    "line:#8c959f}\n"
    "@media "
    "(prefers-color-scheme:dark){.sockscope{--paper:#0d1117;--ink:#e6edf3;--quiet:#9198a1;--wire:#6cb6ff;"
    "--error:#ff7b72;--wait:#5a4415;--line:#6e7681}}\n"
    ".sockscope .paper{fill:var(--paper)}\n"
    ".sockscope text{fill:var(--ink)}\n"
    ".sockscope .quiet,.sockscope .small{fill:var(--quiet)}\n"
    ".sockscope .error{fill:var(--error)}\n"
    ".sockscope .wire{fill:var(--wire)}\n"
    ".sockscope .wire,.sockscope .error{paint-order:stroke;stroke:var(--paper);stroke-width:4px}\n"
    ".sockscope path{stroke:var(--line)}\n"
    ".sockscope .wait{stroke:var(--wait)}\n"
    ".sockscope .arrow{stroke:var(--wire)}\n"
    ".sockscope .refusal,.sockscope .cross{stroke:var(--error)}\n"
    ".sockscope .mark{fill:var(--ink);stroke:var(--paper)}\n"
    ".sockscope .open{fill:var(--paper);stroke:var(--ink)}\n"
    "}\n"
    "</style>\n";

/** Characters that no XML document may contain, not even escaped: U+FFFE and U+FFFF. */
static bool is_noncharacter(struct slice s, size_t length) {
    return length == 3 && ((unsigned char)s.at[0]) == 0xef && ((unsigned char)s.at[1]) == 0xbf &&
           ((unsigned char)s.at[2]) >= 0xbe;
}

void svg_escape(struct buffer *out, struct slice s) {
    while (s.size > 0) {
        size_t length = utf8_length(s);
        unsigned char c = (unsigned char)s.at[0];
        if (length == 0 || is_noncharacter(s, length) || (c < 0x20 && c != (unsigned char)*HARD) || c == 0x7f)
            buffer_text(out, "\xef\xbf\xbd");
        else if (c == (unsigned char)*HARD)
            buffer_text(out, " ");
        else if (c == '<')
            buffer_text(out, "&lt;");
        else if (c == '>')
            buffer_text(out, "&gt;");
        else if (c == '&')
            buffer_text(out, "&amp;");
        else if (c == '"')
            buffer_text(out, "&quot;");
        else
            buffer_add(out, s.at, length);
        s = slice_skip(s, length ? length : 1);
    }
}

/** What the picture shows, for those who hear it. */
static void put_description(const struct ladder *l, struct buffer *out) {
    size_t begin = out->size;

    for (size_t i = 0; i < l->row_count && out->size - begin < DESCRIPTION; i++) {
        const struct row *row = &l->rows[i];
        if (row->kind == ROW_GAP || row->kind == ROW_CUT)
            continue;
        svg_escape(out, slice_of(ladder_text(l, l->columns[row->column].title)));
        if (row->kind == ROW_ARROW) {
            buffer_text(out, " to ");
            svg_escape(out, slice_of(ladder_text(l, l->columns[row->to_column].title)));
        }
        buffer_text(out, ": ");
        svg_escape(out, slice_of(ladder_text(l, row->texts[0])));
        buffer_text(out, ".\n");
    }
}

void svg_head(const struct ladder *l, const char *title, int width, int height, struct buffer *out) {
    struct buffer own = {0};

    buffer_text(&own, "What happened:");
    for (size_t i = 0; i < l->column_count; i++)
        buffer_format(&own, "%s %s", i ? "," : "", ladder_text(l, l->columns[i].title));
    buffer_format(out,
                  "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"sockscope\" role=\"img\" "
                  "viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" style=\"max-width:100%%;height:auto\">\n<title>",
                  width, height, width, height);
    svg_escape(out, slice_of(title ? title : own.at));
    buffer_text(out, "</title>\n<desc>");
    put_description(l, out);
    buffer_text(out, "</desc>\n");
    buffer_text(out, style);
    buffer_format(out, "<rect width=\"%d\" height=\"%d\" rx=\"6\" class=\"paper\"/>\n", width, height);
    buffer_free(&own);
}
