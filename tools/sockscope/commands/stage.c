/**
 * @file
 * `sockscope stage`: plays a scene on command.
 */
#include "../stage/stage.h"

#include "../stage/namespaces.h"
#include "../stage/share.h"
#include "commands.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char help[] =
    "usage: sockscope stage [OPTION...] DIR\n"
    "       sockscope stage --try\n"
    "\n"
    "Plays a scene: hosts, programs with their calls recorded, and the packets between them. Commands come "
    "on standard\n"
    "input, and answers go to standard output; tools/sockscope/stage/protocol.h tells which. What is "
    "recorded goes to\n"
    "DIR/recording. When standard input ends, or this process, so does everything in the scene.\n"
    "  --shared                without a private network and without packets, on the loopback that everybody "
    "shares\n"
    "  --share DIR             play nothing that another scene with the same DIR has played: stage/share.h "
    "tells how\n"
    "  --seconds N             no wait lasts longer than until then\n"
    "  --hide-libc-debug       hide libc's debug file, so that Valgrind needs half of its time\n"
    "  --terminal IN,OUT,ERR   the descriptors that programs get which are started with `terminal`\n"
    "  --box FILTER            shut programs under test in, with this filter of system calls (seccomp(2))\n"
    "  --box-user NUMBER       which become this user first, who owns nothing\n"
    "  --try                   only tell, by the exit status, whether a private network can be made here\n";

/** @return whether the text is a whole number above 0 */
static bool read_number(const char *text, int64_t *number) {
    size_t used = 0;
    return slice_number(slice_of(text), number, &used) && text[used] == '\0' && *number > 0;
}

static bool parse(int argc, char **argv, struct scene *s, bool *hide) {
    int64_t seconds = 0, user = 0;
    int i = 1;

    for (; i < argc && strncmp(argv[i], "--", 2) == 0; i++) {
        const char *value = i + 1 < argc ? argv[i + 1] : "";
        if (strcmp(argv[i], "--shared") == 0)
            s->is_private = false;
        else if (strcmp(argv[i], "--hide-libc-debug") == 0)
            *hide = true;
        else if (strcmp(argv[i], "--seconds") == 0 && read_number(value, &seconds) && seconds < 1000000)
            i++;
        else if (strcmp(argv[i], "--share") == 0 && i + 1 < argc)
            s->share = share_begin(argv[++i]);
        else if (strcmp(argv[i], "--terminal") == 0 &&
                 sscanf(value, "%d,%d,%d", &s->terminal[0], &s->terminal[1], &s->terminal[2]) == 3)
            i++;
        else if (strcmp(argv[i], "--box") == 0 && *value)
            s->box_filter = argv[++i];
        else if (strcmp(argv[i], "--box-user") == 0 && read_number(value, &user))
            s->box_user = argv[++i];
        else
            return false;
    }
    s->end = seconds > 0 ? scene_now() + seconds * 1000 : INT64_MAX;
    s->folder = argv[argc - 1];
    return i == argc - 1;
}

int command_stage(int argc, char **argv) {
    struct scene s = {.is_private = true, .terminal = {-1, -1, -1}};
    struct buffer recording = {0};
    bool hide = false;

    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        fputs(help, stdout);
        return DONE;
    }
    if (argc == 2 && strcmp(argv[1], "--try") == 0) {
        namespaces_enter(&s);
        return DONE;
    }
    if (!parse(argc, argv, &s, &hide)) {
        fputs(help, stderr);
        return USAGE;
    }
    buffer_format(&recording, "%s/recording", s.folder);
    s.recording = recording.at;
    stage_play(&s, hide);
}
