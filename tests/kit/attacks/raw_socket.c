/*
 * Attack: makes packets of its own
 * Base:   solution
 * Gets:   not all points
 */
#include "attack.h"

ATTACK {
    if (socket(AF_INET, SOCK_RAW, IPPROTO_RAW) < 0) {
        error(1, errno, "raw socket failed");
    }
}
