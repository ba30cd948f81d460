/**
 * @file
 * Paths of a recording's files, and the network namespace that they tell.
 */
#include "folder.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

uint64_t current_netns(void) {
    struct stat about;
    return stat("/proc/self/ns/net", &about) == 0 ? (uint64_t)about.st_ino : 0;
}

void check_lane_name(const char *name) {
    if (name[0] == '\0' || name[0] == '.' || strchr(name, '/') || strlen(name) > 200)
        die(USAGE, "'%s' cannot be the name of a lane: take one word without '/', such as client1", name);
}

char *recording_path(const char *folder, const char *name, const char *ending) {
    char *path = NULL;

    check_lane_name(name);
    if (mkdir(folder, 0777) < 0 && errno != EEXIST)
        die(FAILED, "cannot make the recording '%s': %s", folder, strerror(errno));
    if (asprintf(&path, "%s/%s%s", folder, name, ending) < 0)
        die(FAILED, "out of memory");
    return path;
}
