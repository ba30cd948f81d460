/*
 * Attack: uses memory that belongs to no process
 * Base:   solution
 * Gets:   not all points
 */
#include "attack.h"

#include <sys/mman.h>
#include <sys/shm.h>

ATTACK {
    if (memfd_create("x", 0) < 0 && shmget(IPC_PRIVATE, 1 << 28, IPC_CREAT | 0600) < 0) {
        error(1, errno, "no memory outside of processes");
    }
}
