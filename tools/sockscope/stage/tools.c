/**
 * @file
 * A tool with its input and what it complains about in memory.
 */
#include "tools.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static int in_memory(const char *text) {
    int fd = memfd_create("stage", MFD_CLOEXEC);

    if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text) || lseek(fd, 0, SEEK_SET) < 0)
        die(FAILED, "out of memory");
    return fd;
}

/** An ordinary user's PATH need not lead to these tools. */
static void look_in_sbin(void) {
    const char *path = getenv("PATH");
    struct buffer all = {0};

    buffer_format(&all, "%s:/usr/sbin:/sbin", path ? path : "/usr/bin:/bin");
    setenv("PATH", all.at, 1);
}

static _Noreturn void become(int netns, const char *const *words, int commands, int complaints) {
    sigset_t none;

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if ((netns >= 0 && setns(netns, CLONE_NEWNET) < 0) || dup2(commands, 0) < 0 || dup2(complaints, 1) < 0 ||
        dup2(complaints, 2) < 0)
        _exit(FAILED);
    close_range(3, ~0U, 0);
    look_in_sbin();
    execvp(words[0], (char **)(uintptr_t)words);
    die(FAILED, "cannot run '%s': %s", words[0], strerror(errno));
}

bool run_tool(int netns, const char *const *words, const char *commands, struct buffer *why) {
    int input = in_memory(commands), complaints = in_memory("");
    char piece[1024];
    int status = -1;

    pid_t pid = fork();
    if (pid == 0)
        become(netns, words, input, complaints);
    while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
        continue;
    if (status != 0) {
        ssize_t count = pread(complaints, piece, sizeof piece, 0);
        buffer_format(why, "%s: %.*s", words[0], count > 0 ? (int)count : 0, piece);
    }
    close(input);
    close(complaints);
    return status == 0;
}
