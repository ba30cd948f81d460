/* An answer that crashes when the first line arrives. */
#include "lib/common.h"

static size_t length_of(const char *text) {
    return strlen(text);
}

int main(int argc, char **argv) {
    char line[MAXLINE];
    ssize_t length = read_line(stdin, line, sizeof line);
    printf("%zu\n", length_of(length == 2 && argc > 0 ? NULL : argv[0]));
    return 0;
}
