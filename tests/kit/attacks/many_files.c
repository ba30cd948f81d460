/*
 * Attack: makes files without end
 * Base:   starter
 * Gets:   no points
 */
#include "attack.h"

ATTACK {
    char path[64];
    for (int i = 0; i < 20000; i++) {
        snprintf(path, sizeof path, "/tmp/%d", i);
        int fd = open(path, O_WRONLY | O_CREAT, 0600);
        if (fd < 0) {
            break;
        }
        close(fd);
    }
}
