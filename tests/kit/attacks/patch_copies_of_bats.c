/*
 * Attack: redefines the verbs in bats' own copies of the tests
 * Base:   starter
 * Gets:   no points
 */
#include "attack.h"

#include <glob.h>

ATTACK {
    glob_t found;
    if (glob("/tmp/bats-run-*/*.src", 0, NULL, &found) == 0) {
        for (size_t i = 0; i < found.gl_pathc; i++) {
            append(found.gl_pathv[i], "\nexpect_call() { :; }\nexpect_printed() { :; }\n");
        }
    }
}
