/*
 * Attack: becomes itself once more, to lose Valgrind, and leaks
 * Base:   solution
 * Gets:   not all points
 */
#include "attack.h"

ATTACK {
    if (getenv("AGAIN") == NULL && setenv("AGAIN", "1", 1) == 0) {
        execv("/box/udpconnectclient", instead);
    }
    char *volatile lost = malloc(100);
    lost[0] = 1;
    lost = NULL;
}
