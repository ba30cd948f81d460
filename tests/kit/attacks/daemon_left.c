/*
 * Attack: leaves a daemon behind that holds all its descriptors
 * Base:   starter
 * Gets:   no points
 */
#include "attack.h"

ATTACK {
    if (fork() == 0) {
        setsid();
        if (fork() == 0) {
            for (;;) {
                pause();
            }
        }
        _exit(0);
    }
    wait(NULL);
}
