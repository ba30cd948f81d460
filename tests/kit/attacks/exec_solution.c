/*
 * Attack: runs the solution that the kit has built
 * Base:   starter
 * Gets:   no points
 */
#include "attack.h"

ATTACK {
    if (go_to_kit()) {
        execv("solutions/02-connected-client/udpconnectclient", instead);
    }
}
