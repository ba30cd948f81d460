/*
 * Attack: stops its process group
 * Base:   starter
 * Gets:   no points
 */
#include "attack.h"

ATTACK {
    kill(0, SIGSTOP);
}
