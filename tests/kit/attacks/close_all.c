/*
 * Attack: closes all descriptors
 * Base:   starter
 * Gets:   no points
 */
#include "attack.h"

ATTACK {
    for (int fd = 0; fd < 1024; fd++) {
        close(fd);
    }
}
