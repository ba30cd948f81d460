/*
 * Attack: leaves options for Valgrind in a file, and leaks
 * Base:   solution
 * Gets:   not all points
 */
#include "attack.h"

ATTACK {
    append("/tmp/.valgrindrc", "--leak-check=no\n");
    append(".valgrindrc", "--leak-check=no\n");
    char *volatile lost = malloc(100);
    lost[0] = 1;
    lost = NULL;
}
