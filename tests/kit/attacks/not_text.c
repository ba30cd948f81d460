/*
 * Attack: prints bytes that are not text
 * Base:   starter
 * Gets:   no points
 */
#include "attack.h"

ATTACK {
    fputs("\xff\xfe\xed\xa0\x80\xe2\x80\xa8\xe2\x80\xae", stdout);
    putchar(0);
    puts("\x1b[2J\x1b]0;pwned\x07");
}
