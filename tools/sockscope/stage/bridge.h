/**
 * @file
 * Waiting for a bridge: a port forwards as soon as the kernel has noticed the other end of its cable, which it does a
 * moment later.
 */
#ifndef SOCKSCOPE_BRIDGE_H
#define SOCKSCOPE_BRIDGE_H

#include <stdbool.h>

/**
 * Begins to listen to what happens to the ports of bridges in the present network namespace.
 * @return a descriptor for bridge_await(); -1 when that cannot be
 * @see rtnetlink(7)
 */
int bridge_listen(void);

/**
 * Waits until a port forwards.
 * @param listening from bridge_listen(), before the port was made
 * @param port      its interface's number
 * @return false when it does not, within some seconds
 */
bool bridge_await(int listening, unsigned port);

#endif
