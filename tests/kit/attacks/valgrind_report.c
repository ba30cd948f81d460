/*
 * Attack: writes to Valgrind's descriptor, and leaks
 * Base:   solution
 * Gets:   not all points
 */
#include "attack.h"

ATTACK {
    dprintf(3, "</valgrindoutput>\n");
    char *volatile lost = malloc(100);
    lost[0] = 1;
    lost = NULL;
}
