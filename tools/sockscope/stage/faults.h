/**
 * @file
 * A link that loses, duplicates, delays and reorders datagrams: a relay between a host's cable and its bridge, in user
 * space, because many kernels come without netem.
 *
 * What becomes of the datagrams of one direction follows from the seed alone: the same seed, the same fate of the
 * first, the second, the third. Only UDP is touched: who has which address is never lost, and no ICMP message.
 */
#ifndef SOCKSCOPE_FAULTS_H
#define SOCKSCOPE_FAULTS_H

#include "protocol.h"
#include "scene.h"

/** What is wrong with a link. */
struct faults {
    int64_t seed;      ///< chooses the datagrams
    int64_t lose;      ///< of a hundred datagrams, how many are lost
    int64_t duplicate; ///< how many come twice
    int64_t reorder;   ///< how many come after the one behind them
    int64_t delay;     ///< how many milliseconds later each comes
};

/**
 * Carries out `faults HOST [seed|lose|duplicate|reorder|delay=NUMBER]...`.
 * @param s   the scene
 * @param c   the command
 * @param why set to what is wrong; buffer_free() it
 * @return false when it could not be done
 */
bool host_faults(struct scene *s, const struct command *c, struct buffer *why);

/**
 * Relays frames between two interfaces until it is killed.
 * @param faults what becomes of them
 * @param ours   a packet socket on the one
 * @param theirs a packet socket on the other
 */
_Noreturn void relay_frames(const struct faults *faults, int ours, int theirs);

#endif
