/**
 * @file
 * sockscope clean: makes a text fit to be shown.
 */
#include "../base/clean.h"
#include "commands.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static const char help[] = "usage: sockscope clean\n"
                           "\n"
                           "Copies standard input to standard output, with ? in the place of whatever a "
                           "terminal or a page would obey, and of\n"
                           "bytes that are not text.\n";

int command_clean(int argc, char **argv) {
    struct buffer read_so_far = {0};
    struct buffer cleaned = {0};
    char block[65536];
    ssize_t got;

    if (argc > 1) {
        fputs(help, strcmp(argv[1], "--help") == 0 ? stdout : stderr);
        return strcmp(argv[1], "--help") == 0 ? DONE : USAGE;
    }
    while ((got = read(STDIN_FILENO, block, sizeof block)) > 0)
        buffer_add(&read_so_far, block, (size_t)got);
    if (got < 0)
        die(FAILED, "standard input cannot be read: %s", strerror(errno));
    clean_text(&cleaned, (struct slice){read_so_far.at, read_so_far.size});
    fwrite(cleaned.at, 1, cleaned.size, stdout);
    buffer_free(&read_so_far);
    buffer_free(&cleaned);
    return fflush(stdout) == 0 && !ferror(stdout) ? DONE : FAILED;
}
