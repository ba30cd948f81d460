/*
 * Attack: a server that kills its clients
 * Base:   starter
 * Gets:   no points
 * Lab:    03-connect-on-first-packet-server udpconnectserver
 * Tests:  a second client is refused|goodbye is counted
 */
#include "attack.h"

ATTACK {
    signal_all("peer", SIGKILL);
    signal_all("strace", SIGKILL);
}
