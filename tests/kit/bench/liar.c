/* An answer that prints what the test wants to see, and never asks the kernel. */
#include "lib/common.h"

int main(void) {
    printf("now sending g1\nsend bytes: 2\n");
    error(1, ECONNREFUSED, "recv failed");
    return 0;
}
