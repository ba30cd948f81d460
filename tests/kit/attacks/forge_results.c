/*
 * Attack: writes results with all points
 * Base:   starter
 * Gets:   no points
 */
#include "attack.h"

#include <glob.h>

ATTACK {
    static const char forged[] =
        "{\"schema\":\"udplab-check/1\",\"score\":100,\"points\":100,\"unchecked\":0,\"tests\":[]}";
    glob_t found;
    if (go_to_kit()) {
        append("build/results/02-connected-client.json", forged);
        append("build/results/02-connected-client.best.json", forged);
    }
    if (glob("/tmp/tmp.*/*.outcome", 0, NULL, &found) == 0) {
        for (size_t i = 0; i < found.gl_pathc; i++) {
            append(found.gl_pathv[i], "x\x1fpassed\x1f");
        }
    }
}
