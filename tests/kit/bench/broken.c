/* An answer that does not compile. */
#include "lib/common.h"

int main(void) {
    return no_such_name;
}
