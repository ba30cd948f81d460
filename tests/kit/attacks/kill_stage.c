/*
 * Attack: kills the process that plays the scene, and the test
 * Base:   starter
 * Gets:   no points
 */
#include "attack.h"

ATTACK {
    signal_all("sockscope", SIGKILL);
    signal_all("bash", SIGKILL);
    kill(1, SIGKILL);
}
