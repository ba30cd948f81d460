/*
 * Attack: calls the kernel without end
 * Base:   starter
 * Gets:   no points
 */
#include "attack.h"

ATTACK {
    while (fcntl(0, F_GETFD) != 12345) {
    }
}
