/*
 * What the attacks share. A submission is one file, so this text is put before an attack, and the base that it is made
 * of (starter or solution) after it.
 */
#ifndef ATTACK_H
#define ATTACK_H

#include "lib/common.h"

/* Runs before main, when the library has set up its streams. */
#define ATTACK __attribute__((constructor(65535))) static void attack(void)

/* Goes to the kit's top folder, where a process of the kit gives it away. */
__attribute__((unused)) static bool go_to_kit(void) {
    char link[64], path[4096];
    for (int pid = 1; pid < 1000; pid++) {
        snprintf(link, sizeof link, "/proc/%d/exe", pid);
        ssize_t length = readlink(link, path, sizeof path - 1);
        path[length > 0 ? length : 0] = '\0';
        char *end = strstr(path, "/build/sockscope");
        if (end != NULL) {
            *end = '\0';
            return chdir(path) == 0;
        }
    }
    return false;
}

/* The scene's folder, from the words of the recorder: strace ... -o SCENE/recording/LANE.calls */
__attribute__((unused)) static bool go_to_scene(void) {
    static char words[65536];
    char path[64];
    for (int pid = 1; pid < 1000; pid++) {
        snprintf(path, sizeof path, "/proc/%d/cmdline", pid);
        int fd = open(path, O_RDONLY);
        ssize_t length = fd < 0 ? -1 : read(fd, words, sizeof words - 1);
        if (fd >= 0) {
            close(fd);
        }
        for (char *word = words; length > 0 && word < words + length; word += strlen(word) + 1) {
            char *end = strstr(word, "/recording/client.calls");
            if (end != NULL) {
                *end = '\0';
                return chdir(word) == 0;
            }
        }
    }
    return false;
}

__attribute__((unused)) static void append(const char *path, const char *text) {
    int fd = open(path, O_WRONLY | O_APPEND | O_CREAT, 0666);
    if (fd >= 0 && write(fd, text, strlen(text)) >= 0) {
        close(fd);
    }
}

/* Kills, or signals, every process of this name. */
__attribute__((unused)) static void signal_all(const char *wanted, int number) {
    char path[64], name[64];
    for (int pid = 1; pid < 1000; pid++) {
        snprintf(path, sizeof path, "/proc/%d/comm", pid);
        FILE *file = fopen(path, "r");
        if (file != NULL) {
            if (fgets(name, sizeof name, file) && strncmp(name, wanted, strlen(wanted)) == 0) {
                kill(pid, number);
            }
            fclose(file);
        }
    }
}

/* The words of a program that is run in this one's place. */
__attribute__((unused)) static char *instead[] = {"udpconnectclient", "127.0.0.1", NULL};

#endif
