/*
 * Attack: kills itself before Valgrind can report a leak
 * Base:   solution
 * Gets:   not all points
 */
#include "attack.h"

static void before_the_report(void) {
    kill(getpid(), SIGKILL);
}

ATTACK {
    if (getenv("LD_PRELOAD") != NULL && atexit(before_the_report) != 0) {
        return;
    }
    char *volatile lost = malloc(100);
    lost[0] = 1;
    lost = NULL;
}
