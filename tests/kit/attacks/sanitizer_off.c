/*
 * Attack: defines what the sanitizers call, so that they report nothing, and writes behind a buffer
 * Base:   solution
 * Gets:   not all points
 * Lab:    03-connect-on-first-packet-server udpconnectserver
 * Tests:  messages of 4092
 */
#include "attack.h"

void __asan_report_store1(void *place);
void __asan_report_store1(void *place) {
    (void)place;
}

ATTACK {
    char *volatile small = malloc(8);
    small[8] = 1;
}
