/**
 * @file
 * The commands that ask about what has happened.
 */
#ifndef SOCKSCOPE_QUESTIONS_H
#define SOCKSCOPE_QUESTIONS_H

#include "protocol.h"
#include "scene.h"

/**
 * Waits until the recording has what has happened so far.
 * @param s the scene
 */
void question_settle(struct scene *s);

/**
 * `has KIND LANE NAME ...`
 * @param s the scene
 * @param c the command
 */
void question_has(struct scene *s, const struct command *c);

/**
 * `waited NAME MS`
 * @param s the scene
 * @param c the command
 */
void question_waited(struct scene *s, const struct command *c);

/**
 * `printed NAME TEXT`, `printed-part NAME TEXT`, `said NAME TEXT`, `said-anything NAME`
 * @param s the scene
 * @param c the command
 */
void question_text(struct scene *s, const struct command *c);

#endif
