/**
 * @file
 * The processes of one file of calls: those that use sockets become lanes.
 */
#ifndef SOCKSCOPE_PROCESSES_H
#define SOCKSCOPE_PROCESSES_H

#include "tracker.h"

/**
 * Gives each process that uses sockets a lane of its own, named after the program that it runs, and numbers the threads
 * that use them. What other processes do stays with the lane of who made them.
 * @param t      the file's processes, all of whose calls were read
 * @param event  the file's first event
 * @param socket the file's first socket
 */
void processes_become_lanes(const struct tracker *t, size_t event, size_t socket);

#endif
