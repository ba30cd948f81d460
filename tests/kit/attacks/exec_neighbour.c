/*
 * Attack: runs the program of another student that was built beside this one
 * Base:   starter
 * Gets:   no points
 */
#include "attack.h"

#include <glob.h>

ATTACK {
    glob_t found;
    if (glob("/tmp/*/02-connected-client/udpconnectclient", 0, NULL, &found) == 0) {
        for (size_t i = 0; i < found.gl_pathc; i++) {
            execv(found.gl_pathv[i], instead);
        }
    }
}
