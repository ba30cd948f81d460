/*
 * Attack: makes its recording unreadable
 * Base:   starter
 * Gets:   no points
 */
#include "attack.h"

ATTACK {
    if (go_to_scene()) {
        append("recording/client.calls", "\1\2 no strace writes this\n");
        append("recording/here.pcapng", "\1\2 nor this");
    }
}
