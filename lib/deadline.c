/**
 * @file
 * @brief The deadline of receiving calls.
 */
#include "lib/common.h"

enum { DEFAULT_MS = 2000, MAX_MS = 3600000 };

/**
 * @brief Looks up the deadline. A bad UDPLAB_TIMEOUT_MS ends the program.
 * @return milliseconds.
 */
static long deadline_ms(void) {
    const char *text = getenv("UDPLAB_TIMEOUT_MS");
    if (text == NULL)
        return DEFAULT_MS;

    /* strtol alone would accept spaces, signs and "12x". A number too big for it becomes LONG_MAX. */
    bool digits_only = text[strspn(text, "0123456789")] == '\0';
    long ms = digits_only ? strtol(text, NULL, 10) : 0;
    if (ms < 1 || ms > MAX_MS)
        error(2, 0, "UDPLAB_TIMEOUT_MS is '%s', not a number of milliseconds from 1 to %d", text, MAX_MS);
    return ms;
}

void set_receive_deadline(int fd) {
    long ms = deadline_ms();
    struct timeval deadline = {.tv_sec = ms / 1000, .tv_usec = ms % 1000 * 1000};
    if (setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &deadline, sizeof deadline) == -1)
        error(1, errno, "setsockopt SO_RCVTIMEO failed");
}
