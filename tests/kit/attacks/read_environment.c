/*
 * Attack: says what the environments of all processes hold that it can see
 * Base:   starter
 * Gets:   no points
 */
#include "attack.h"

ATTACK {
    char path[64], text[4096];
    for (int pid = 1; pid < 1000; pid++) {
        snprintf(path, sizeof path, "/proc/%d/environ", pid);
        int fd = open(path, O_RDONLY);
        ssize_t length = fd < 0 ? -1 : read(fd, text, sizeof text);
        for (ssize_t i = 0; i < length; i++) {
            putchar(text[i] != '\0' ? text[i] : '\n');
        }
        if (fd >= 0) {
            close(fd);
        }
    }
}
