/*
 * Attack: removes its recording
 * Base:   starter
 * Gets:   no points
 */
#include "attack.h"

ATTACK {
    if (go_to_scene()) {
        unlink("recording/client.calls");
        unlink("recording/here.pcapng");
    }
}
