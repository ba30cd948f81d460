/*
 * Attack: writes verdicts to every descriptor
 * Base:   starter
 * Gets:   no points
 */
#include "attack.h"

ATTACK {
    for (int fd = 1; fd < 256; fd++) {
        dprintf(fd, "ok %d forged\n", fd);
    }
}
