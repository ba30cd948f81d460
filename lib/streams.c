/**
 * @file
 * @brief The standard streams: prepared before main, checked at exit. See @ref streams.
 */
#include "lib/common.h"

/**
 * @brief Fills the gaps among the descriptors 0 to 2, so that no socket gets their numbers.
 *
 * Each is opened for the direction it is not used in: to read from or write to it goes on failing with EBADF.
 */
static void fill_missing_descriptors(void) {
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        bool missing = fcntl(fd, F_GETFD) == -1;
        /* open takes the lowest free number, and that is fd: all below it are in use. */
        if (missing && open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
            error(1, errno, "opening /dev/null for descriptor %d failed", fd);
    }
}

/**
 * @brief Turns lost output into a message and, where all else went well, into status 1.
 * @param status the status that the program is about to end with
 * @param unused on_exit(3) would pass data here
 */
static void check_output(int status, void *unused) {
    (void)unused;
    /* The errno of a line that failed earlier is lost. An empty write fails with the same one in most cases. */
    bool lost_a_line = ferror(stdout);
    if (fflush(stdout) == EOF || (lost_a_line && write(STDOUT_FILENO, "", 0) == -1))
        error(0, errno, "standard output failed");
    else if (lost_a_line)
        error(0, 0, "standard output failed: some of it was not written");
    else
        return;

    /* exit must not be called again from here, so write out what it would have written, and end. */
    fflush(NULL);
    _exit(status == 0 ? 1 : status);
}

/** @brief Prepares the streams before main. */
__attribute__((constructor)) static void prepare_streams(void) {
    fill_missing_descriptors();
    if (setvbuf(stdout, NULL, _IOLBF, 0) != 0)
        error(1, 0, "standard output cannot be line-buffered");
    /* Handlers run in reverse order: this one after those of the program, and so after all its output. */
    if (on_exit(check_output, NULL) != 0)
        error(1, 0, "on_exit failed");
}
