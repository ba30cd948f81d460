/**
 * @file
 * `sockscope calls` and `sockscope capture`: each records one file.
 */
#include "commands.h"

#include "../record/capture.h"
#include "../record/record_calls.h"

#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { MAX_BUFFER_MIB = 1024 };

static const char calls_help[] = "usage: sockscope calls [--append] DIR NAME -- PROGRAM [ARGUMENT...]\n"
                                 "\n"
                                 "Runs PROGRAM under strace and records its system calls in DIR/NAME.calls, the "
                                 "lane NAME of the recording DIR.\n"
                                 "Standard input, standard output and exit status are the program's. The program's "
                                 "process id is the first\n"
                                 "number of the file's second line.\n"
                                 "  --append   go on in an existing file: the same lane, started again\n";

static const char capture_help[] =
    "usage: sockscope capture [--interface NAME] [--buffer MIB] DIR NAME\n"
    "\n"
    "Captures the packets of the current network namespace, on all its interfaces, in DIR/NAME.pcapng "
    "(nanoseconds;\n"
    "Wireshark opens it). Prints \"ready\" when capturing has begun. Ends on SIGTERM, SIGINT or SIGHUP, or "
    "when its\n"
    "standard input is a pipe or a socket and ends. Then everything that the kernel had seen is in the file, "
    "and\n"
    "\"done\" is printed. A line on standard input is answered with \"written\" when the file holds all that "
    "was "
    "on\n"
    "the wire before. Packets that did not fit are counted, reported and recorded.\n"
    "  --interface NAME  capture this interface only, such as lo; default: all of them\n"
    "  --buffer MIB   let libpcap keep that much memory for packets that wait to be written (16 holds "
    "100,000 small\n"
    "                 datagrams); without it, as much as a socket may hold, which starts faster\n"
    "Exit status: 0, 1 when it could not capture or write, 2 for wrong usage.\n";

int command_calls(int argc, char **argv) {
    bool append = argc > 1 && strcmp(argv[1], "--append") == 0;

    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        fputs(calls_help, stdout);
        return DONE;
    }
    argc -= append;
    argv += append;
    if (argc < 5 || strcmp(argv[3], "--") != 0 || argv[1][0] == '-') {
        fputs(calls_help, stderr);
        return USAGE;
    }
    record_calls(argv[1], argv[2], append, 0, argv + 4, argc - 4);
}

int command_capture(int argc, char **argv) {
    int64_t buffer = 0;
    size_t used = 0;
    unsigned only = 0;

    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        fputs(capture_help, stdout);
        return DONE;
    }
    if (argc > 2 && strcmp(argv[1], "--interface") == 0) {
        only = if_nametoindex(argv[2]);
        if (only == 0)
            die(USAGE, "there is no interface '%s' here", argv[2]);
        argc -= 2;
        argv += 2;
    }
    if (argc > 2 && strcmp(argv[1], "--buffer") == 0) {
        struct slice number = slice_of(argv[2]);
        if (!slice_number(number, &buffer, &used) || used != number.size || buffer < 1 || buffer > MAX_BUFFER_MIB)
            die(USAGE, "'%s' is not a size in MiB (1 to %d)", argv[2], MAX_BUFFER_MIB);
        argc -= 2;
        argv += 2;
    }
    if (argc != 3 || argv[1][0] == '-') {
        fputs(capture_help, stderr);
        return USAGE;
    }
    return capture_packets(argv[1], argv[2], only, (int)buffer, STDOUT_FILENO);
}
