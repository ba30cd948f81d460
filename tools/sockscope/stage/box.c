/**
 * @file
 * No box.
 */
#include "box.h"

struct box box_program(char **program, int count) {
    return (struct box){program, count, 0};
}
