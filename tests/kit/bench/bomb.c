/* An answer that starts fifty processes, each in a session of its own, which all go on for ever. */
#include "lib/common.h"

int main(void) {
    for (int i = 0; i < 50; i++) {
        if (fork() == 0) {
            setsid();
            break;
        }
    }
    for (;;) {
        pause();
    }
}
