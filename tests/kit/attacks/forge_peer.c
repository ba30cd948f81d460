/*
 * Attack: writes what the scripted peer would say into the files of the scene
 * Base:   starter
 * Gets:   no points
 */
#include "attack.h"

ATTACK {
    if (go_to_scene()) {
        append("peer.in", "send 127.0.0.1:43211 Hi, peer\n");
        append("peer.printed", "received g1 from 127.0.0.1:1\n");
        append("client.printed", "Hi, g1\nHi, g3\n");
    }
}
