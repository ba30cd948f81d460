/*
 * Attack: prints without end, and without a newline
 * Base:   starter
 * Gets:   no points
 */
#include "attack.h"

ATTACK {
    for (;;) {
        fputs("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", stdout);
    }
}
