/**
 * @file
 * @brief How long a program waits: the limit, the deadline of receiving calls, and a clock to measure with.
 */
#include "lib/common.h"

enum { DEFAULT_MS = 2000, MAX_MS = 3600000 };

int64_t timeout_ms(void) {
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
    int64_t ms = timeout_ms();
    struct timeval deadline = {.tv_sec = ms / 1000, .tv_usec = ms % 1000 * 1000};
    if (setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &deadline, sizeof deadline) == -1)
        error(1, errno, "setsockopt SO_RCVTIMEO failed");
}

int64_t monotonic_ms(void) {
    struct timespec now;
    if (clock_gettime(CLOCK_MONOTONIC, &now) == -1)
        error(1, errno, "clock_gettime failed");
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
