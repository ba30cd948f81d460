/**
 * @file
 * Terminals: their width, their colours, their characters.
 */
#include "terminal.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

int terminal_width(int fd) {
    struct winsize size = {0};
    const char *columns = getenv("COLUMNS");
    int64_t number = 0;

    if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col >= MIN_WIDTH)
        return size.ws_col;
    if (columns && slice_number(slice_of(columns), &number, NULL) && number >= MIN_WIDTH && number <= 1000)
        return (int)number;
    return DEFAULT_WIDTH;
}

bool wants_colours(int fd) {
    const char *no = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");
    return isatty(fd) && !(no && *no) && !(terminal && strcmp(terminal, "dumb") == 0);
}

bool needs_ascii(int fd) {
    if (!isatty(fd))
        return false;
    setlocale(LC_CTYPE, "");
    bool plain = strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
    setlocale(LC_CTYPE, "C");
    return plain;
}
