/**
 * @file
 * Where a recording's files are.
 */
#ifndef SOCKSCOPE_FOLDER_H
#define SOCKSCOPE_FOLDER_H

#include "../base/text.h"

/**
 * Exits with a message when a name cannot be one of a lane, which is part of a file name.
 * @param name the name
 */
void check_lane_name(const char *name);

/**
 * Gives the path of a recording's file, and makes the folder when it is missing. Exits with a message when
 * that is not possible, or when the name cannot be a file name.
 * @param folder the recording
 * @param name   of the lane or host
 * @param ending ".calls" or ".pcapng"
 * @return FOLDER/NAME.ending; free(3) it
 */
char *recording_path(const char *folder, const char *name, const char *ending);

/**
 * Tells which network namespace this is.
 * @return its inode; 0 when it is not known
 * @see namespaces(7)
 */
uint64_t current_netns(void);

#endif
