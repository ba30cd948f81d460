/**
 * @file
 * Messages in strace's output: struct msghdr and struct iovec.
 */
#ifndef SOCKSCOPE_MESSAGES_H
#define SOCKSCOPE_MESSAGES_H

#include "../model/recording.h"

/** What an iovec tells besides its bytes. It starts as {0}. */
struct vector {
    uint64_t capacity; ///< the sum of its lengths
    bool is_cut;       ///< strace left out the end of a string, see its option -s
};

/**
 * Reads an array of iovec: `[{iov_base="hi", iov_len=100}]`.
 * @param vector the text
 * @param bytes  its strings are appended to it, in full length
 * @param v      is added to
 */
void vector_read(struct slice vector, struct buffer *bytes, struct vector *v);

/**
 * Reads a msghdr: `{msg_name=..., msg_iov=[...], msg_control=[...], msg_flags=0}`.
 * @param r      keeps texts and bytes
 * @param header the text
 * @param is_out it is sent
 * @param m      filled; its `bytes` stay 0
 * @param v      is added to
 */
void message_read(struct recording *r, struct slice header, bool is_out, struct message *m, struct vector *v);

#endif
