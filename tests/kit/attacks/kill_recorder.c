/*
 * Attack: kills strace
 * Base:   starter
 * Gets:   no points
 */
#include "attack.h"

ATTACK {
    signal_all("strace", SIGKILL);
    kill(getppid(), SIGKILL);
}
