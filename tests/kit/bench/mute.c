/* An answer that closes its standard output, and goes on for ever. */
#include "lib/common.h"

int main(void) {
    fclose(stdout);
    for (;;) {
        pause();
    }
}
