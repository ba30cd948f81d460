/*
 * Attack: a line about a task that a terminal would obey
 * Base:   starter
 * Gets:   no points
 */
#include "attack.h"

ATTACK {
    fputs("TODO 1: \x1b]0;pwned\x07\x1b[2J all is well\n", stderr);
    _exit(1);
}
