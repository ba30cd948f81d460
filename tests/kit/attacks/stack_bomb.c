/*
 * Attack: calls itself without end
 * Base:   starter
 * Gets:   no points
 */
#include "attack.h"

static int deeper(volatile int *above) {
    volatile int here[1024];
    here[0] = above[0] + 1;
    return here[0] < 0 ? 0 : deeper(here) + here[0];
}

ATTACK {
    volatile int first = 0;
    exit(deeper(&first));
}
