/**
 * @file
 * @brief What a crash leaves behind: the places in the program that led to it. See @ref streams.
 */
#include "lib/common.h"

#include <execinfo.h>

enum { MAX_FRAMES = 32, STACK_SIZE = 64 * 1024 };

/** Signal handler: names the frames on standard error. The signal then kills as it would have. */
static void name_the_place(int number) {
    static const char crashed[] = "crashed in:\n";
    void *frames[MAX_FRAMES];
    int count = backtrace(frames, MAX_FRAMES);
    if (write(STDERR_FILENO, crashed, sizeof crashed - 1) > 0) {
        backtrace_symbols_fd(frames, count, STDERR_FILENO);
    }
    /* Delivered when this handler returns, now with its own effect: the end. */
    raise(number);
}

__attribute__((constructor)) static void prepare_for_crashes(void) {
    static const int deadly[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
    static char stack[STACK_SIZE];

    /* The first backtrace loads a library, which a crash with a broken heap could no longer do. */
    void *frame[1];
    backtrace(frame, 1);

    /* A stack of its own, so that an endless recursion can be reported, too. */
    stack_t own = {.ss_sp = stack, .ss_size = sizeof stack};
    if (sigaltstack(&own, NULL) < 0) {
        return;
    }
    for (size_t i = 0; i < sizeof deadly / sizeof deadly[0]; i++) {
        struct sigaction before;
        /* A sanitizer has a handler already, and it knows more. */
        if (sigaction(deadly[i], NULL, &before) == 0 && before.sa_handler == SIG_DFL) {
            struct sigaction handler = {.sa_handler = name_the_place, .sa_flags = (int)(SA_RESETHAND | SA_ONSTACK)};
            sigaction(deadly[i], &handler, NULL);
        }
    }
}
