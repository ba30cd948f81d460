/**
 * @file
 * A line of strace's output: its process, its time, and what kind of line it is.
 */
#include "strace.h"

#include <string.h>

/** No later time is believed (it is in the year 2096): sums and differences of times stay in 64 bits. */
static const int64_t LAST_SECOND = 4000000000;

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_name(char c) {
    return is_digit(c) || c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/** Reads "1795231848.846905898" as nanoseconds. @return bytes used, 0 when it is not such a number */
static size_t read_seconds(struct slice s, int64_t *nanoseconds) {
    int64_t seconds = 0;
    int64_t part = 0;
    int64_t unit = 100000000;
    size_t i = 0;

    for (; i < s.size && is_digit(s.at[i]) && i < 10; i++)
        seconds = seconds * 10 + (s.at[i] - '0');
    if (i == 0 || i >= s.size || s.at[i] != '.' || seconds >= LAST_SECOND)
        return 0;
    size_t first = ++i;
    for (; i < s.size && is_digit(s.at[i]); i++, unit /= 10)
        part += (s.at[i] - '0') * unit;
    if (i == first)
        return 0;
    *nanoseconds = seconds * 1000000000 + part;
    return i;
}

/** Skips the call's number of -n and the address of -i: `[  41]`, `[00007f0c77202dc7]`. */
static struct slice skip_marks(struct slice s) {
    while (s.size > 0 && s.at[0] == '[') {
        size_t i = 1;
        while (i < s.size && (is_name(s.at[i]) || s.at[i] == ' ' || s.at[i] == '?'))
            i++;
        if (i >= s.size || s.at[i] != ']')
            break;
        s = slice_trim(slice_skip(s, i + 1));
    }
    return s;
}

/** Takes the process id and the time from the front of a line. */
static struct slice read_stamp(struct slice s, struct strace_line *out) {
    size_t used = 0;
    size_t i = 0;

    out->time = -1;
    if (slice_starts(s, "[pid "))
        s = slice_trim(slice_skip(s, 5));
    while (i < s.size && is_digit(s.at[i]) && i < 10)
        i++;
    if (i > 0 && i < s.size && (s.at[i] == ' ' || s.at[i] == ']' || s.at[i] == '<')) {
        for (size_t k = 0; k < i; k++)
            out->pid = out->pid * 10 + (s.at[k] - '0');
        if (s.at[i] == '<') // --decode-pids=comm
            i += slice_find(slice_skip(s, i), ">");
        s = slice_trim(slice_skip(s, i + 1));
        if (slice_starts(s, "] "))
            s = slice_skip(s, 2);
    }
    used = read_seconds(s, &out->time);
    return skip_marks(slice_trim(slice_skip(s, used)));
}

/** Takes the trailing "<0.000123456>" off a result. */
static struct slice read_duration(struct slice result, int64_t *duration) {
    size_t open = result.size;

    if (result.size == 0 || result.at[result.size - 1] != '>')
        return result;
    while (open > 0 && result.at[open - 1] != '<')
        open--;
    if (open == 0)
        return result;
    size_t used = read_seconds(slice_skip(result, open), duration);
    if (used == 0 || open + used + 1 != result.size)
        return result;
    result.size = open - 1;
    return slice_trim(result);
}

/** Finds the parenthesis that closes the call. @return its position, or s.size */
static size_t closing_parenthesis(struct slice s) {
    size_t depth = 0;

    for (size_t i = 0; i < s.size; i++) {
        char c = s.at[i];
        if (c == '"') {
            size_t length = strace_quoted(slice_skip(s, i));
            if (length == 0)
                return s.size;
            i += length - 1;
        } else if (c == '(' || c == '[' || c == '{') {
            depth++;
        } else if (c == ')' && depth == 0) {
            return i;
        } else if ((c == ')' || c == ']' || c == '}') && depth > 0) {
            depth--;
        }
    }
    return s.size;
}

void strace_parse_body(struct slice body, struct strace_line *out) {
    size_t close = closing_parenthesis(body);
    struct slice rest = slice_trim(slice_skip(body, close + 1));

    out->duration = -1;
    out->result = (struct slice){body.at, 0};
    out->arguments = (struct slice){body.at, close};
    out->kind = STRACE_UNFINISHED;
    if (slice_starts(rest, "= ")) {
        out->result = read_duration(slice_trim(slice_skip(rest, 2)), &out->duration);
        out->kind = STRACE_CALL;
    }
    size_t mark = slice_find(out->arguments, "<unfinished ...>");
    if (mark < out->arguments.size) { // also "<unfinished ...>) = ?": the process was killed in the call
        out->arguments.size = mark;
        out->kind = STRACE_UNFINISHED;
    }
    out->arguments = slice_trim(out->arguments);
}

/** A name that may stand in the comment after a number: not `37 vars`, and not `AX25_P_???`. */
static bool is_comment_name(struct slice s) {
    for (size_t i = 0; i < s.size; i++)
        if (s.at[i] == ' ' || s.at[i] == '?' || s.at[i] == '=')
            return false;
    return s.size > 0;
}

bool strace_name_numbers(struct slice line, struct buffer *out) {
    size_t number = 0; // where the value before the comment begins, in the output
    size_t first = out->size;
    bool replaced = false;

    if (slice_find(line, " /* ") == line.size)
        return false;
    while (line.size > 0) {
        size_t quoted = strace_quoted(line);
        size_t end = slice_starts(line, " /* ") ? slice_find(line, " */") : line.size;
        struct slice name = {line.at + 4, end < line.size ? end - 4 : 0};
        if (end >= 4 && end < line.size && is_comment_name(name)) {
            out->size = number;
            buffer_add(out, name.at, name.size);
            line = slice_skip(line, end + 3);
            replaced = true;
            continue;
        }
        size_t length = quoted ? quoted : 1;
        if (memchr(" ,([{=|", line.at[0], 7))
            number = out->size + 1;
        buffer_add(out, line.at, length);
        line = slice_skip(line, length);
    }
    if (!replaced)
        out->size = first;
    return replaced;
}

static void parse_resumed(struct slice s, struct strace_line *out) {
    s = slice_skip(s, 5);
    size_t length = 0;
    while (length < s.size && is_name(s.at[length]))
        length++;
    out->name = (struct slice){s.at, length};
    s = slice_skip(s, length);
    if (length > 0 && slice_starts(s, " resumed>")) {
        out->arguments = slice_skip(s, strlen(" resumed>"));
        out->kind = STRACE_RESUMED;
    }
}

static void parse_end(struct slice s, struct strace_line *out) {
    s = slice_trim(slice_skip(s, 4));
    out->kind = STRACE_NOTE;
    if (slice_starts(s, "exited with ") && slice_number(slice_skip(s, 12), &out->status, NULL)) {
        out->kind = STRACE_EXITED;
    } else if (slice_starts(s, "killed by ")) {
        s = slice_skip(s, 10);
        out->name = (struct slice){s.at, slice_find(s, " ")};
        out->kind = STRACE_KILLED;
    }
}

static void parse_signal(struct slice s, struct strace_line *out) {
    s = slice_trim(slice_skip(s, 4));
    out->kind = STRACE_NOTE;
    if (!slice_starts(s, "SIG"))
        return; // "--- stopped by SIGTTIN ---": job control, not a signal's arrival
    out->name = (struct slice){s.at, slice_find(s, " ")};
    out->arguments = slice_trim(slice_skip(s, out->name.size));
    out->kind = STRACE_SIGNAL;
}

void strace_parse(struct slice line, struct strace_line *out) {
    size_t length = 0;

    *out = (struct strace_line){.kind = STRACE_UNKNOWN, .time = -1, .duration = -1};
    struct slice s = read_stamp(slice_trim(line), out);
    if (slice_starts(s, "<... ")) {
        parse_resumed(s, out);
        return;
    }
    if (slice_starts(s, "+++ ")) {
        parse_end(s, out);
        return;
    }
    if (slice_starts(s, "--- ")) {
        parse_signal(s, out);
        return;
    }
    while (length < s.size && is_name(s.at[length]))
        length++;
    if (length == 0 || length == s.size || s.at[length] != '(')
        return;
    strace_parse_body(slice_skip(s, length + 1), out);
    out->name = (struct slice){s.at, length};
}
