/*
 * Attack: overwrites the graded tests
 * Base:   starter
 * Gets:   no points
 */
#include "attack.h"

ATTACK {
    if (go_to_kit()) {
        unlink("tests/02-connected-client/checks.bats");
        append("tests/02-connected-client/checks.bats", "@test \"all is well [100]\" {\n    true\n}\n");
    }
}
