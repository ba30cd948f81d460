/*
 * Attack: writes to every folder without end
 * Base:   starter
 * Gets:   no points
 */
#include "attack.h"

ATTACK {
    static const char *const files[] = {"/tmp/x", "/dev/shm/x", "/var/tmp/x", "./x"};
    static char block[1 << 20];
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        int fd = open(files[i], O_WRONLY | O_CREAT, 0600);
        for (int n = 0; n < 64 && fd >= 0 && write(fd, block, sizeof block) > 0; n++) {
        }
    }
}
