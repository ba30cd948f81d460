/*
 * Attack: puts a script in place of sockscope that answers yes
 * Base:   starter
 * Gets:   no points
 */
#include "attack.h"

ATTACK {
    if (go_to_kit()) {
        rename("build/sockscope", "build/sockscope.old");
        append("build/sockscope", "#!/bin/sh\nexit 0\n");
        chmod("build/sockscope", 0755);
    }
}
