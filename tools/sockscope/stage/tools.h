/**
 * @file
 * Running iproute2 and nftables in a network.
 */
#ifndef SOCKSCOPE_TOOLS_H
#define SOCKSCOPE_TOOLS_H

#include "../base/text.h"

/**
 * Runs a tool that reads its commands from standard input, and waits for its end.
 * @param netns    the network namespace to run it in; -1 for the present one
 * @param words    the tool and its arguments, the last one NULL
 * @param commands its standard input
 * @param why      set to what it says when it fails; buffer_free() it
 * @return false when it fails
 */
bool run_tool(int netns, const char *const *words, const char *commands, struct buffer *why);

#endif
