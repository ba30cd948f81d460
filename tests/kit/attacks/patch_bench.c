/*
 * Attack: appends empty verbs to the bench
 * Base:   starter
 * Gets:   no points
 */
#include "attack.h"

ATTACK {
    if (go_to_kit()) {
        append("tests/bench/bench.bash", "\nfail() { :; }\nexpect_call() { :; }\nexpect_printed() { :; }\n");
    }
}
