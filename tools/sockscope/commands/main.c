/**
 * @file
 * sockscope: system calls and packets on one timeline.
 */
#include "commands.h"

#include <stdio.h>
#include <string.h>

static const char help[] =
    "usage: sockscope COMMAND ...\n"
    "\n"
    "The calls of a program and the packets of the network, on one timeline.\n"
    "\n"
    "  run -- PROGRAM ...             run a program in a private network and draw what happened\n"
    "  draw DIR                       draw a recording as a ladder, in the terminal or as SVG\n"
    "  events DIR                     print a recording as JSON Lines\n"
    "  has DIR call LANE NAME ...     tell whether a recording has such a call, or such a packet\n"
    "  calls DIR NAME -- PROGRAM ...  record one program's system calls\n"
    "  capture DIR NAME               record the packets of this network namespace\n"
    "  stage DIR                      play a scene of several programs on command\n"
    "  clean                          make a text fit to be shown\n"
    "\n"
    "sockscope COMMAND --help explains each.\n";

int main(int argc, char **argv) {
    static const struct {
        const char *name;
        int (*run)(int, char **);
    } commands[] = {{"run", command_run},     {"draw", command_draw},   {"events", command_events},
                    {"has", command_has},     {"calls", command_calls}, {"capture", command_capture},
                    {"clean", command_clean}, {"stage", command_stage}};

    if (argc < 2) {
        fputs(help, stderr);
        return USAGE;
    }
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strcmp(argv[1], commands[i].name) == 0)
            return commands[i].run(argc - 1, argv + 1);
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
        fputs(help, stdout);
        return DONE;
    }
    complain("'%s' is not a command; sockscope --help lists them", argv[1]);
    return USAGE;
}
