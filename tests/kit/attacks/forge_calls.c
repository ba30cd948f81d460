/*
 * Attack: adds lines to its own recording, and prints what a right answer prints
 * Base:   starter
 * Gets:   no points
 */
#include "attack.h"

/* Says what a right answer says to a server that is there, without a socket. */
static void fake(void) {
    char line[MAXLINE];
    while (read_line(stdin, line, sizeof line) >= 0) {
        printf("now sending %s\nsend bytes: %zu\nHi, %s\n", line, strlen(line), line);
    }
    exit(0);
}

ATTACK {
    char line[400];
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (go_to_scene()) {
        snprintf(line, sizeof line,
                 "%d %ld.%09ld sendto(3<UDP:[127.0.0.1:43847->127.0.0.1:43211]>, \"g3\", 2, 0, NULL, 0) = 2 "
                 "<0.000066475>\n",
                 (int)getpid(), now.tv_sec, now.tv_nsec);
        append("recording/client.calls", line);
    }
    fake();
}
