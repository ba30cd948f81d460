/**
 * @file
 * `sockscope stage`.
 */
#ifndef SOCKSCOPE_STAGE_H
#define SOCKSCOPE_STAGE_H

#include "protocol.h"
#include "scene.h"

/**
 * Carries out a command, and answers it.
 * @param s the scene
 * @param c the command; its words may be changed
 */
void stage_carry_out(struct scene *s, struct command *c);

/**
 * Plays a scene as protocol.h says; ends this process when it is over.
 * @param s the scene: `folder`, `recording`, `is_private`, `end` and `terminal` say what is wanted
 * @param hide_libc_debug make Valgrind faster, see namespaces_hide_libc_debug()
 */
_Noreturn void stage_play(struct scene *s, bool hide_libc_debug);

#endif
