/**
 * @file
 * What a scene was told, and the files that came of it, for scenes that are told the same.
 *
 * A transcript is a file: the lines that were told, `files`, and for each file a line with its name, its path and how
 * many bytes of it belong to the scene as it was told.
 */
#ifndef SOCKSCOPE_TRANSCRIPT_H
#define SOCKSCOPE_TRANSCRIPT_H

#include "scene.h"

/**
 * Finds a transcript that begins like this.
 * @param folder where transcripts are
 * @param told   the lines so far
 * @return the transcript; free(3) it. NULL when there is none
 */
char *transcript_find(const char *folder, const struct buffer *told);

/**
 * Writes a scene's transcript.
 * @param s      the scene
 * @param folder where transcripts are
 * @param told   the lines
 */
void transcript_write(const struct scene *s, const char *folder, const struct buffer *told);

/**
 * Takes the files of a scene that was told the same, for one that has played nothing.
 * @param s      the scene
 * @param folder where transcripts are
 * @param told   the lines
 * @return false when there is no such scene, or its files are gone
 */
bool transcript_take(const struct scene *s, const char *folder, const struct buffer *told);

/**
 * Makes room again for the scene's own files.
 * @param s the scene
 */
void transcript_give_back(const struct scene *s);

#endif
