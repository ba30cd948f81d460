/**
 * @file
 * The kernel gives us the orphans of the program that we run; here they are found and ended.
 */
#include "background.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>

void background_adopt(void) {
    prctl(PR_SET_CHILD_SUBREAPER, 1);
}

static void add_name(struct buffer *names, int pid) {
    char path[64];
    char name[64] = "";

    snprintf(path, sizeof path, "/proc/%d/comm", pid);
    FILE *file = fopen(path, "re");
    if (file) {
        if (!fgets(name, sizeof name, file))
            *name = '\0';
        fclose(file);
    }
    name[strcspn(name, "\n")] = '\0';
    buffer_format(names, "%s%s (%d)", names->size ? ", " : "", *name ? name : "process", pid);
}

size_t background_signal(const pid_t except[static 2], int signal, struct buffer *names) {
    FILE *list = fopen("/proc/thread-self/children", "re");
    size_t count = 0;
    int pid = 0;

    while (list && fscanf(list, "%d", &pid) == 1) {
        if (pid == except[0] || pid == except[1])
            continue;
        if (names)
            add_name(names, pid);
        kill(pid, signal);
        count++;
    }
    if (list)
        fclose(list);
    return count;
}
