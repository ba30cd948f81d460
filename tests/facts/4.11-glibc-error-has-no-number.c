/* 4.11 What the lecture does not print
 * verdict  Worth knowing
 * text     client: recv failed: Connection refused
 *          its number: 111
 * needs    loopback
 */
#include "fact.h"
#include <error.h>

int main(void) {
    program_invocation_name = "client";
    dup2(STDOUT_FILENO, STDERR_FILENO);
    error(0, ECONNREFUSED, "recv failed"); /* glibc's, not the lecture's: no number */
    printf("its number: %d\n", ECONNREFUSED);
}
