/*
 * Attack: prints lines without end
 * Base:   starter
 * Gets:   no points
 */
#include "attack.h"

ATTACK {
    for (;;) {
        puts("ok 1 all is well");
    }
}
