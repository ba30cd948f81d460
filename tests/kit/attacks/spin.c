/*
 * Attack: never comes to an end
 * Base:   starter
 * Gets:   no points
 */
#include "attack.h"

ATTACK {
    for (;;) {
    }
}
