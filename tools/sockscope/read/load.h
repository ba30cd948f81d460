/**
 * @file
 * Reading a recording: a folder becomes what happened, in the order of time.
 */
#ifndef SOCKSCOPE_LOAD_H
#define SOCKSCOPE_LOAD_H

#include "../model/recording.h"

/**
 * Reads a folder. What cannot be read is named on standard error and counted in `problems`; the rest is kept.
 * @param folder where NAME.calls and NAME.pcapng are
 * @param r      filled; recording_free() it in any case
 * @return false when there is no such folder or nothing in it
 */
bool recording_load(const char *folder, struct recording *r);

/**
 * Puts the events in order and finds out whose packets the packets are: the last step of reading.
 * @param r the recording
 */
void recording_finish(struct recording *r);

#endif
