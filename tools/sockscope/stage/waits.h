/**
 * @file
 * The commands that wait for a program to say something, or to end.
 */
#ifndef SOCKSCOPE_STAGE_WAITS_H
#define SOCKSCOPE_STAGE_WAITS_H

#include "protocol.h"
#include "scene.h"

/**
 * `line NAME MS`
 * @param s the scene
 * @param p the program
 * @param c the command
 */
void wait_for_line(struct scene *s, struct program *p, const struct command *c);

/**
 * `expect NAME MS TEXT...`
 * @param s the scene
 * @param p the program
 * @param c the command
 */
void wait_for_texts(struct scene *s, struct program *p, const struct command *c);

/**
 * `wait NAME MS`
 * @param s the scene
 * @param p the program
 * @param c the command
 */
void wait_for_end(struct scene *s, struct program *p, const struct command *c);

/**
 * `call NAME MS PATTERN`
 * @param s the scene
 * @param p the program
 * @param c the command
 */
void wait_for_call(struct scene *s, struct program *p, const struct command *c);

/**
 * `complaint NAME MS TEXT`
 * @param s the scene
 * @param p the program
 * @param c the command
 */
void wait_for_complaint(struct scene *s, struct program *p, const struct command *c);

#endif
