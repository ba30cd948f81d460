/*
 * Attack: a line about a task with the separators of a result's fields
 * Base:   starter
 * Gets:   no points
 */
#include "attack.h"

ATTACK {
    fputs("TODO 1: x\x1e"
          "y\x1f"
          "passed\x1f"
          "z\n",
          stderr);
    _exit(1);
}
