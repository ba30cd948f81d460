/*
 * Attack: exits as the tools around it do when they fail
 * Base:   starter
 * Gets:   no points
 */
#include "attack.h"

ATTACK {
    static const int statuses[] = {124, 125, 126, 127, 137};
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    _exit(statuses[now.tv_nsec / 1000 % 5]);
}
