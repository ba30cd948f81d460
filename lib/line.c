/**
 * @file
 * @brief Reading lines of any length into a buffer of fixed size.
 */
#include "lib/common.h"

/**
 * @brief Takes the next byte of the input. A read error ends the program.
 * @param in where to read
 * @return the byte, or EOF at the end of the input.
 */
static int next_byte(FILE *in) {
    int byte = getc(in);
    if (byte == EOF && ferror(in))
        error(1, errno, "%s failed", in == stdin ? "standard input" : "input");
    return byte;
}

ssize_t read_line(FILE *in, char line[], size_t size) {
    if (size < 2)
        error(2, 0, "read_line needs a buffer of at least 2 bytes, not %zu", size);

    size_t length = 0;
    int byte = next_byte(in);
    bool at_end = byte == EOF;
    while (byte != EOF && byte != '\n' && length < size - 1) {
        line[length++] = (char)byte;
        byte = next_byte(in);
    }
    line[length] = '\0';

    /* The line just fills the buffer when this byte is its newline. Any other byte begins the next piece. */
    if (byte != EOF && byte != '\n' && ungetc(byte, in) == EOF)
        error(1, 0, "read_line cannot put a byte back");
    return at_end ? -1 : (ssize_t)length;
}
