/**
 * @file
 * `sockscope has`: whether a recording has a call or a packet like this one.
 */
#include "commands.h"

#include "../read/question.h"

#include <string.h>

static const char help[] =
    "usage: sockscope has DIR call LANE NAME [WORD VALUE]...\n"
    "       sockscope has DIR packet LANE PROTOCOL [WORD VALUE]...\n"
    "\n"
    "Tells whether a recording has such a call of a program, or such a packet.\n"
    "NAME is send, recv or recv-error (from the error queue), whichever call the program used, or the\n"
    "kernel's name of another call;\n"
    "PROTOCOL is udp, tcp, icmp, ..., or any. These words narrow it down:\n"
    "  to ADDRESS, from ADDRESS   127.0.0.1:43211, or without a port; of a call also nobody, anybody\n"
    "  of TEXT                    the payload\n"
    "  option NAME                of setsockopt and getsockopt: SO_BROADCAST\n"
    "  returning N, failing NAME  a call's result; its error: ECONNREFUSED\n"
    "  saying NAME                of ICMP: \"port unreachable\"\n"
    "  about ADDRESS              of ICMP: the destination of the datagram that it quotes\n"
    "  reaching LANE              the program that got the packet\n"
    "  after NAME, before NAME    only what came after LANE's first such call or signal, and before\n"
    "                             its next such call\n"
    "  times N                    exactly N; without it, one or more\n"
    "Exit status: 0 if the recording has it, 1 if it has not, 2 if the question cannot be answered.\n";

int command_has(int argc, char **argv) {
    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        fputs(help, stdout);
        return DONE;
    }
    if (argc < 5 || argv[1][0] == '-') {
        fputs(help, stderr);
        return USAGE;
    }
    return recording_has(argv[1], argc - 2, argv + 2);
}
