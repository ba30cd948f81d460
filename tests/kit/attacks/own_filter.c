/*
 * Attack: a filter of system calls of its own, which would answer them before strace hears of them
 * Base:   solution
 * Gets:   not all points
 */
#include "attack.h"

#include <sys/prctl.h>

ATTACK {
    if (prctl(PR_SET_SECCOMP, 2, NULL) < 0 && errno == EPERM) {
        error(1, errno, "prctl failed");
    }
}
