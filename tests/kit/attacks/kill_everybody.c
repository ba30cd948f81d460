/*
 * Attack: signals every process that it may
 * Base:   starter
 * Gets:   no points
 */
#include "attack.h"

ATTACK {
    kill(-1, SIGKILL);
    raise(SIGKILL);
}
