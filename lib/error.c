/**
 * @file
 * @brief Error messages: the lecture's error().
 */
#include "lib/common.h"

#include <stdarg.h>

/**
 * @brief Prints one line to standard error.
 * @param message what failed
 * @param errnum  the error number to explain, or 0
 */
static void print_message(const char *message, int errnum) {
    if (errnum == 0)
        fprintf(stderr, "%s\n", message);
    else
        fprintf(stderr, "%s: %s (%d)\n", message, strerror(errnum), errnum);
}

void error(int status, int errnum, const char *format, ...) {
    int callers_errno = errno;

    /* A failure is ignored here: the stream remembers it, and the check at exit reports it. */
    fflush(stdout);
    errno = callers_errno; /* for %m */

    /* The text is made first and printed in one piece, so that the lines of two programs do not mix. */
    char *message = NULL;
    va_list arguments;
    va_start(arguments, format);
    int length = vasprintf(&message, format, arguments);
    va_end(arguments);
    if (length == -1) { /* no memory: the format alone is better than nothing */
        print_message(format, errnum);
    } else {
        print_message(message, errnum);
        free(message);
    }

    if (status != 0)
        exit(status);
    errno = callers_errno;
}
