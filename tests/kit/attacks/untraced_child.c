/*
 * Attack: a child that asks not to be traced sends with an address
 * Base:   solution
 * Gets:   not all points
 */
#include "attack.h"

#include <sched.h>
#include <sys/syscall.h>

ATTACK {
    long child = syscall(SYS_clone, CLONE_UNTRACED | SIGCHLD, 0, 0, 0, 0);
    if (child < 0) {
        error(1, errno, "clone failed");
    }
    if (child == 0) {
        struct sockaddr_in to = ipv4_address("127.0.0.1", SERV_PORT);
        int fd = socket(AF_INET, SOCK_DGRAM, 0);
        _exit(sendto(fd, "unseen", 6, 0, (struct sockaddr *)&to, sizeof to) == 6 ? 0 : 1);
    }
    waitpid((pid_t)child, NULL, 0);
}
