/* An answer that waits for ever, ignores SIGTERM, and leaves a daemon behind. */
#include "lib/common.h"

int main(void) {
    signal(SIGTERM, SIG_IGN);
    if (fork() == 0) {
        setsid();
    }
    for (;;) {
        pause();
    }
}
