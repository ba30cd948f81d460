/**
 * @file
 * A picture step by step: what happens, and what each program's sockets have then.
 */
#ifndef SOCKSCOPE_STEPS_H
#define SOCKSCOPE_STEPS_H

#include "rows.h"

/**
 * Appends the steps of a ladder as a JSON object: `columns`, the names; `steps`, for each point and each arrow `says`,
 * what happens, and `lanes`, the sockets of each column that has changed with it: `type`, `local`, `peer`, `queue`
 * (payloads that have arrived and were not received yet), `error` (which waits for the next call).
 *
 * What a recording does not tell is `null`: an error is pending only where an ICMP message for a connected socket was
 * seen.
 * @param l   the ladder
 * @param out is appended to
 * @see `__udp4_lib_err()` in net/ipv4/udp.c
 */
void ladder_steps(const struct ladder *l, struct buffer *out);

#endif
