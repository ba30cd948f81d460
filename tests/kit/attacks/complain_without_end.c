/*
 * Attack: prints on standard error without end
 * Base:   starter
 * Gets:   no points
 */
#include "attack.h"

ATTACK {
    for (;;) {
        fputs("TODO 1: nothing at all\n", stderr);
    }
}
