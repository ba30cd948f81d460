/*
 * Attack: makes an io_uring, through which calls are not seen
 * Base:   solution
 * Gets:   not all points
 */
#include "attack.h"

#include <linux/io_uring.h>
#include <sys/syscall.h>

ATTACK {
    struct io_uring_params ring = {0};
    if (syscall(SYS_io_uring_setup, 4, &ring) < 0) {
        error(1, errno, "io_uring_setup failed");
    }
}
