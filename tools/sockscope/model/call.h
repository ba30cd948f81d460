/**
 * @file
 * A system call in memory, with the messages that it moved or what it waited for.
 *
 * Texts, addresses and sockets are numbers, see recording.h.
 */
#ifndef SOCKSCOPE_CALL_H
#define SOCKSCOPE_CALL_H

#include "../base/strace.h"

/** "There is none" for the numbers that refer to another table. */
#define NO_INDEX UINT32_MAX

/** A system call. */
struct call {
    int64_t result;         ///< what it returned; -1 for an error
    int64_t duration;       ///< as strace measured it; -1 when it had not returned
    uint32_t late;          ///< time that strace needed to describe the socket before it began to measure
    int32_t fd;             ///< descriptor, which may be -1; @ref NO_DESCRIPTOR when the call has none
    uint32_t endpoint;      ///< the socket's addresses after the call, or NO_INDEX
    uint32_t to;            ///< address given to the call
    uint32_t from;          ///< address filled by the call
    uint32_t bytes;         ///< bytes moved, or that a failed send tried to move; NO_INDEX when the call moves none
    uint32_t capacity;      ///< bytes that a receiving call had space for; NO_INDEX where it does not say
    uint32_t flags;         ///< text: `MSG_DONTWAIT`; of a wait, what was ready
    uint32_t more;          ///< its first message in recording.messages, or its wait in recording.waits; or NO_INDEX
    uint16_t message_count; ///< how many messages; 0 for a call that has none, and for a wait
    uint16_t segment;       ///< bytes of each datagram that the kernel makes of the payload (UDP_SEGMENT), or 0
    uint16_t name;          ///< text: the kernel's name
    uint16_t error;         ///< text: `ECONNREFUSED`
    uint16_t option;        ///< text: `SO_BROADCAST`
    bool finished : 1;      ///< it returned
    bool known : 1;         ///< the result is known
    bool is_raw : 1;        ///< the event's payload is strace's text of the arguments
    bool is_out : 1;        ///< the payload left the program (send, write)
    bool is_wait : 1;       ///< poll, select, epoll_wait and their relatives
    bool is_cut : 1;        ///< the payload is longer than strace's limit for strings
    bool no_address : 1;    ///< sendto or recvfrom with NULL for the address: send() and recv()
    bool truncated : 1;     ///< it took less than the datagram, and the rest is lost
};

/** What the kernel tells of an error through a socket's error queue. */
struct queued_error {
    uint32_t offender; ///< address of the host that reported it
    uint32_t info;     ///< the MTU, of EMSGSIZE
    uint16_t error;    ///< text: `ECONNREFUSED`; 0 when there is none
    uint8_t origin;    ///< SO_EE_ORIGIN_LOCAL (1), ICMP (2), ICMP6 (3), ...
    uint8_t type;      ///< of the ICMP message
    uint8_t code;      ///< of the ICMP message
};

/** One message of sendmsg, recvmsg, sendmmsg or recvmmsg. Calls without anything special have none. */
struct message {
    const char *payload;       ///< bytes, kept by the recording
    const char *control;       ///< its control messages in words, one on each line, ended by a NUL; "" for none
    uint32_t payload_size;     ///< how many bytes of payload
    uint32_t address;          ///< given to the call, or filled by it
    uint32_t bytes;            ///< bytes sent or received
    uint32_t length;           ///< bytes of the datagram of which these are a part; 0 when not known
    uint32_t flags;            ///< text: the flags that the kernel returned, `MSG_TRUNC`
    struct queued_error error; ///< from the error queue
    uint16_t segment;          ///< of UDP_SEGMENT or UDP_GRO, or 0
    bool truncated;            ///< the buffer was smaller than the datagram
};

/** A descriptor that a wait watches. */
struct watched {
    int32_t fd;      ///< the descriptor
    uint16_t events; ///< text: what it waits for, `POLLIN`
    uint16_t ready;  ///< text: what has come; 0 for nothing
};

/** What poll, select, epoll_wait and their relatives wait for. */
struct wait {
    uint32_t first;  ///< of its descriptors: their place in recording.watched
    uint32_t count;  ///< how many
    int64_t timeout; ///< the longest time; -1 for no limit
};

#endif
