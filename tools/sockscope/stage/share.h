/**
 * @file
 * Scenes that several tests play alike are played once.
 *
 * A scene that is played leaves a transcript: what it was told up to the first question about it, and how long its
 * files were then. The next scene that is told the same plays nothing. When it is asked something it takes the other's
 * files, up to that length, for its own; when it is told something else, it plays what it was told so far, and goes on.
 *
 * What can be so put off is what has no answer but yes: start, call, close, wait, and whatever is typed. Anything else
 * is played at once, and ends the transcript.
 */
#ifndef SOCKSCOPE_SHARE_H
#define SOCKSCOPE_SHARE_H

#include "protocol.h"
#include "scene.h"

/** Carries out a command, whose words may be changed. */
typedef void carry_out(struct scene *s, struct command *c);

/**
 * Begins to share.
 * @param folder where the transcripts are
 * @return what a scene needs for that
 */
struct share *share_begin(const char *folder);

/**
 * Ends sharing.
 * @param share from share_begin()
 */
void share_end(struct share *share);

/**
 * Answers a command, or has it carried out.
 * @param s    a scene that shares
 * @param line the command, which is changed
 * @param play carries commands out
 */
void share_command(struct scene *s, char *line, carry_out *play);

#endif
