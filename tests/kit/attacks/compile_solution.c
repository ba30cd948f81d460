/*
 * Attack: compiles the solution from inside the program, and runs it
 * Base:   starter
 * Gets:   no points
 */
#include "attack.h"

ATTACK {
    char path[64];
    if (go_to_kit()) {
        snprintf(path, sizeof path, "/tmp/.stolen%d", (int)getpid());
        char *words[] = {"gcc",
                         "-D_GNU_SOURCE",
                         "-I.",
                         "-o",
                         path,
                         "solutions/02-connected-client/udpconnectclient.c",
                         "-Wl,--whole-archive",
                         "build/libudplab.a",
                         NULL};
        if (fork() == 0) {
            execv("/usr/bin/gcc", words);
        }
        wait(NULL);
        execv(path, instead);
    }
}
