/*
 * Attack: ignores all signals, and waits for ever
 * Base:   starter
 * Gets:   no points
 */
#include "attack.h"

ATTACK {
    for (int number = 1; number < NSIG; number++) {
        signal(number, SIG_IGN);
    }
    for (;;) {
        pause();
    }
}
