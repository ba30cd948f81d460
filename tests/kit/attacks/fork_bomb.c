/*
 * Attack: forks without end
 * Base:   starter
 * Gets:   no points
 */
#include "attack.h"

ATTACK {
    for (;;) {
        fork();
    }
}
