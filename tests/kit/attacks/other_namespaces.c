/*
 * Attack: enters the namespaces of every process that it finds
 * Base:   starter
 * Gets:   no points
 */
#include "attack.h"

#include <sched.h>
#include <sys/mount.h>

ATTACK {
    char path[64];
    umount2("/proc", MNT_DETACH);
    for (int pid = 1; pid < 1000; pid++) {
        snprintf(path, sizeof path, "/proc/%d/ns/net", pid);
        int fd = open(path, O_RDONLY);
        if (fd >= 0 && setns(fd, CLONE_NEWNET) == 0) {
            puts("Hi, g1");
        }
    }
}
