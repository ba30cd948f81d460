/**
 * @file
 * What a recording keeps once and refers to by number: texts and addresses; and the bytes that it keeps.
 */
#ifndef SOCKSCOPE_TABLES_H
#define SOCKSCOPE_TABLES_H

#include "address.h"

struct recording;

/** Texts, each kept once; number 0 is "". Names are few: there is room for 65535. */
struct text_table {
    struct slice *texts; ///< by number, each ended by a NUL as well
    size_t count;        ///< how many
    size_t room;         ///< how many fit
};

/** Addresses, each kept once; number 0 is none. */
struct address_table {
    struct address *addresses; ///< by number
    size_t count;              ///< how many
    size_t room;               ///< how many fit
    uint32_t *slots;           ///< by hash, numbers counted from 1; 0 is free
    size_t slot_count;         ///< at least twice as many as there are addresses
};

/** Memory that stays where it is until the recording is freed. */
struct arena {
    char **blocks;     ///< each one owned
    size_t count;      ///< how many
    size_t room;       ///< how many fit
    size_t used;       ///< bytes taken of the last one
    size_t block_size; ///< bytes that the last one has
};

/**
 * Keeps a text.
 * @param r    the recording
 * @param text the text, which is copied when it is new
 * @return its number; 0 for an empty one, and when there are too many
 */
uint32_t text_number(struct recording *r, struct slice text);

/**
 * Gives the text of a number.
 * @param r      the recording
 * @param number the number
 * @return the text, ended by a NUL; "" for 0
 */
const char *text_of(const struct recording *r, uint32_t number);

/**
 * Keeps an address.
 * @param r the recording
 * @param a the address; not one that the recording keeps, for that may move meanwhile
 * @return its number
 */
uint32_t address_number(struct recording *r, const struct address *a);

/**
 * Gives the address of a number.
 * @param r      the recording
 * @param number the number
 * @return the address, valid until the next one is kept; one of kind @ref ADDRESS_NONE for 0
 */
const struct address *address_of(const struct recording *r, uint32_t number);

/**
 * Keeps a copy of some bytes.
 * @param r     the recording
 * @param bytes the bytes; may be NULL when there are none
 * @param size  how many
 * @return the copy, followed by a NUL; valid until the recording is freed
 */
const char *keep_bytes(struct recording *r, const void *bytes, size_t size);

#endif
