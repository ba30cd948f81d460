/*
 * Attack: uses 1 GB
 * Base:   solution
 * Gets:   not all points
 */
#include "attack.h"

ATTACK {
    for (int i = 0; i < 64; i++) {
        char *block = malloc(16u << 20);
        if (block == NULL) {
            error(1, errno, "malloc failed");
        }
        memset(block, 1, 16u << 20);
    }
}
