/* 4.10 Smaller ones in the clients
 * verdict  Mistake
 * text     a line that begins with a NUL: its length is 0
 *          line[length - 1] is written before the buffer: yes
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    char input[] = "\0hidden\n", line[100];
    FILE *typed = fmemopen(input, sizeof input - 1, "r");
    if (!typed || !fgets(line, sizeof line, typed))
        cannot("fmemopen");
    size_t length = strlen(line);
    printf("a line that begins with a NUL: its length is %zu\n", length);
    /* The lecture's client replaces the newline so: line[length - 1] = 0. */
    printf("line[length - 1] is written before the buffer: %s\n", yes(length - 1 == SIZE_MAX));
}
