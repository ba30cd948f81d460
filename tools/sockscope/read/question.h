/**
 * @file
 * Questions about a recording.
 */
#ifndef SOCKSCOPE_QUESTION_H
#define SOCKSCOPE_QUESTION_H

/**
 * Tells whether a recording has such a call, or such a packet. Complains when that cannot be told.
 * @param folder the recording
 * @param count  how many words
 * @param word   `call LANE NAME` or `packet LANE PROTOCOL`, and pairs of words: `sockscope has --help` lists them
 * @return @ref DONE when it has, @ref FAILED when it has not, @ref USAGE when that cannot be told
 */
int recording_has(const char *folder, int count, char **word);

#endif
