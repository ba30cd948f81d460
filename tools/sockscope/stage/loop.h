/**
 * @file
 * The one place where everybody waits, and the end of everything.
 */
#ifndef SOCKSCOPE_LOOP_H
#define SOCKSCOPE_LOOP_H

#include "scene.h"

/**
 * Waits once, until something happens or the time has come: programs that have lived too long are ended, input is
 * handed on, packets are written. Ends the scene when nobody can give commands any more.
 * @param s     the scene
 * @param until when to return at the latest; INT64_MAX for never
 * @param also  another descriptor to wait for; -1 for none
 * @param too   and one more
 */
void scene_turn(struct scene *s, int64_t until, int also, int too);

/**
 * Writes all packets that the kernel has seen so far into the recording.
 * @param s the scene
 */
void scene_write_packets(struct scene *s);

/**
 * Kills every program and completes the recording: what there is to say about the scene can be said then.
 * @param s the scene
 */
void scene_close(struct scene *s);

/**
 * Ends the scene, whatever it is doing: every program, every capture, and this process.
 * @param s the scene
 */
_Noreturn void scene_end(struct scene *s);

#endif
