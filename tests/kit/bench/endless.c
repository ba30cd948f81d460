/* An answer that prints without end. */
#include "lib/common.h"

int main(void) {
    for (;;) {
        printf("Hi, g1\n");
    }
}
