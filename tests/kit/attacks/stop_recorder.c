/*
 * Attack: stops strace, so that nothing goes on
 * Base:   starter
 * Gets:   no points
 */
#include "attack.h"

ATTACK {
    signal_all("strace", SIGSTOP);
    kill(getppid(), SIGSTOP);
}
