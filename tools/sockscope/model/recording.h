/**
 * @file
 * A recording in memory: what happened, in the order of time.
 *
 * An event is small (recording.c holds it to 100 bytes). What many events share is kept once in a table and
 * referred to by its number: a text by text_of(), an address by address_of(), sockets, endpoints and lanes by
 * their place. Where there may be none, a text or an address is 0, a lane or a host is negative, and any other
 * number is @ref NO_INDEX.
 *
 * A lane is a process that uses sockets. A file of strace's output is one program, and most programs are one process:
 * then file, program and lane have one name.
 *
 * All times are nanoseconds since 1970, of the clock that strace and the capture share; durations are
 * nanoseconds.
 */
#ifndef SOCKSCOPE_RECORDING_H
#define SOCKSCOPE_RECORDING_H

#include "../base/packet.h"
#include "call.h"

/** What happened. */
enum event_kind {
    EVENT_START,     ///< a program begins: execve(2) worked
    EVENT_CALL,      ///< a system call
    EVENT_PACKET,    ///< a packet
    EVENT_SIGNAL,    ///< a signal arrives
    EVENT_EXIT,      ///< a process ends
    EVENT_DUPLICATE, ///< another host's sight of a packet that is an event already; dropped soon
};

/** An event's thread, when it is of a process that has no lane of its own. */
enum { THREAD_OTHER = 255 /**< such a thread */ };

/** Lanes that are not programs. */
enum {
    LANE_NONE = -1,   ///< not known, or not recorded
    LANE_NOBODY = -2, ///< no socket: the kernel replied, or no socket accepted the packet
    LANE_KERNEL = -3, ///< the kernel itself accepted the packet or sent it: an echo request and its reply
};

/** A packet; the event's payload is what UDP or TCP carried. */
struct packet {
    uint32_t src;       ///< address that it came from
    uint32_t dst;       ///< address that it was for
    uint32_t about;     ///< index of the datagram that an ICMP message quotes, or NO_INDEX
    uint32_t length;    ///< bytes of payload on the wire
    uint32_t number;    ///< TCP's sequence number, or the identification of a fragmented datagram
    uint32_t receivers; ///< of several: where their list in recording.receivers begins, or NO_INDEX
    int16_t from_lane;  ///< who sent it
    int16_t to_lane;    ///< who got it first
    int16_t from_host;  ///< which host saw it leave; -1 when not recorded
    int16_t to_host;    ///< which host saw it arrive; -1 when not recorded
    uint16_t protocol;  ///< IP's protocol number, or the Ethernet type
    uint8_t proto;      ///< a @ref protocol
    uint8_t type;       ///< as in @ref packet_view
    uint8_t code;       ///< of ICMP, ICMPv6
    uint8_t flags;      ///< of TCP
    uint8_t fragmented; ///< it is a fragment
    uint8_t truncated;  ///< the headers say more than the packet holds
    uint8_t taken;      ///< a call was found that received it
    uint8_t contested;  ///< an enum contest, if several processes could have received it
};

/** Why a datagram may be another process's than the addresses say. */
enum contest {
    CONTEST_NONE,   ///< one socket fits best, and one process has it
    CONTEST_GROUP,  ///< several sockets fit equally: SO_REUSEPORT
    CONTEST_SHARED, ///< several processes use the socket
};

/** How a program was called: strace's list of strings, its own name first. */
struct beginning {
    const char *arguments; ///< kept by the recording
    uint32_t size;         ///< bytes of it
};

/** The end of a process, or a signal that arrives. */
struct ending {
    int64_t status;   ///< of an exit
    uint32_t name;    ///< text: the signal, or the one that ended the process
    int32_t sender;   ///< process id of who sent the signal; 0 when not told
    uint32_t wrapper; ///< text: the program that started the lane's, when it is that one's; or 0
    bool is_child;    ///< it is one of a process that the lane's process made, and that has no lane
};

/** Anything that happened. */
struct event {
    int64_t time;          ///< when it began
    const char *payload;   ///< bytes, kept by the recording; of a start, the program. NULL when there are none
    uint32_t payload_size; ///< how many
    int32_t pid;           ///< process or thread
    int16_t lane;          ///< of all but packets
    uint8_t kind;          ///< an @ref event_kind
    uint8_t thread;        ///< where several threads of a process use sockets: its number from 2 on; 0 for the first
                           ///< one; `THREAD_OTHER` for another process than the lane's
    union {
        struct call call;     ///< of EVENT_CALL
        struct packet packet; ///< of EVENT_PACKET
        struct ending end;    ///< of EVENT_EXIT and EVENT_SIGNAL

        struct beginning start; ///< of EVENT_START
    };
};

/** A datagram that an ICMP message quotes: an event's part of it, kept apart because few events have one. */
struct datagram {
    const char *payload;   ///< bytes, kept by the recording
    uint32_t payload_size; ///< how many
    struct packet packet;  ///< protocol and addresses
};

/** A socket's addresses, from one change to the next. */
struct endpoint {
    int64_t begin;   ///< when it became so
    int64_t end;     ///< when it was over; INT64_MAX when that was not recorded
    uint32_t socket; ///< whose addresses they are
    uint32_t local;  ///< address; with port 0 when the kernel has chosen one that is not known yet
    uint32_t peer;   ///< address
    uint32_t next;   ///< the same socket's next endpoint, or NO_INDEX
};

/** A socket of a program. */
struct socket {
    uint32_t first;         ///< its first endpoint
    uint32_t current;       ///< its last one
    uint32_t annotation;    ///< hash of strace's last description of it, which repeats old ones; 0 for none
    uint32_t references;    ///< descriptors that stand for it
    uint16_t type;          ///< text: `UDP`, `TCP`, `UNIX`, ...
    int32_t maker;          ///< id of the process or thread that made it
    int16_t lane;           ///< whose it is
    uint8_t ipv6;           ///< of AF_INET6
    uint8_t address_locked; ///< the program chose the local address: dissolving leaves it (SOCK_BINDADDR_LOCK)
    uint8_t port_locked;    ///< the program chose the port: dissolving leaves it (SOCK_BINDPORT_LOCK)
    uint8_t hears_errors;   ///< it has IP_RECVERR or IPV6_RECVERR, see ip(7)
    uint16_t segment;       ///< bytes of its option UDP_SEGMENT, or 0
};

/** A process of the scene that uses sockets, or a program of which nothing is known but its file. */
struct lane {
    const char *name; ///< what its column says, another one for each lane; kept by the recording
    const char *file; ///< of its file, without `.calls`; "" when there is none; kept by the recording
    int64_t begin;    ///< its first event; INT64_MAX when it has none
    uint32_t runs;    ///< text: the program that it runs, without its folder; 0 when not known
    int16_t program;  ///< the lane of the program's first process; a process that it forked has the same program
    int16_t parent;   ///< the lane of the process that made it, or @ref LANE_NONE
    int16_t host;     ///< where it ran, or -1
    bool serves;      ///< it chose a port
    bool traced;      ///< its calls were recorded: strace wrote at least one line
    bool is_kernel;   ///< no program, but a host's kernel, which forwards packets and answers
};

/** A network namespace. */
struct host {
    const char *name; ///< of its capture's file, without `.pcapng`; "" when there is none; kept by the recording
    uint64_t netns;   ///< its inode, 0 when unknown
    bool captured;    ///< its packets were recorded
    struct address *addresses; ///< of its interfaces; owned
    uint8_t *prefixes;         ///< their networks' prefixes in bits, one for each; owned
    size_t address_count;      ///< how many
    size_t address_capacity;   ///< how many fit
};

/** A file in memory. */
struct mapped {
    char *at;    ///< where mmap(2) has put it
    size_t size; ///< in bytes
};

/** Texts, each kept once; number 0 is "". Names are few: 65535 fit. */
struct text_table {
    struct slice *texts; ///< by number, each ended by a NUL as well
    size_t count;        ///< how many
    size_t capacity;     ///< how many fit
};

/** Addresses, each kept once; number 0 is none. */
struct address_table {
    struct address *addresses; ///< by number
    size_t count;              ///< how many
    size_t capacity;           ///< how many fit
    uint32_t *slots;           ///< by hash, numbers counted from 1; 0 is free
    size_t slot_count;         ///< at least twice as many as there are addresses
};

/** Memory that stays where it is until the recording is freed. */
struct arena {
    char **blocks;     ///< each one owned
    size_t count;      ///< how many
    size_t capacity;   ///< how many fit
    size_t used;       ///< bytes taken of the last one
    size_t block_size; ///< bytes that the last one has
};

/** Everything that was recorded. All of it is owned; the arrays move when something is added. */
struct recording {
    struct event *events;           ///< in order of time after recording_finish()
    size_t event_count;             ///< how many
    size_t event_capacity;          ///< how many fit
    struct lane *lanes;             ///< in the order in which the programs began
    size_t lane_count;              ///< how many
    size_t lane_capacity;           ///< how many fit
    struct host *hosts;             ///< in the order in which they were heard of
    size_t host_count;              ///< how many
    size_t host_capacity;           ///< how many fit
    struct socket *sockets;         ///< in the order in which they were heard of
    size_t socket_count;            ///< how many
    size_t socket_capacity;         ///< how many fit
    struct endpoint *endpoints;     ///< of all sockets
    size_t endpoint_count;          ///< how many
    size_t endpoint_capacity;       ///< how many fit
    struct datagram *quotes;        ///< datagrams that ICMP messages quote
    size_t quote_count;             ///< how many
    size_t quote_capacity;          ///< how many fit
    struct message *messages;       ///< of calls, those of one call side by side
    size_t message_count;           ///< how many
    size_t message_capacity;        ///< how many fit
    struct wait *waits;             ///< of calls
    size_t wait_count;              ///< how many
    size_t wait_capacity;           ///< how many fit
    struct watched *watched;        ///< descriptors of waits, those of one side by side
    size_t watched_count;           ///< how many
    size_t watched_capacity;        ///< how many fit
    int16_t *receivers;             ///< lists of lanes (before packets_own(), of hosts), each ended by LANE_NONE
    size_t receiver_count;          ///< how many
    size_t receiver_capacity;       ///< how many fit
    struct text_table texts;        ///< see text_number()
    struct address_table addresses; ///< see address_number()
    struct arena arena;             ///< see keep_bytes()
    struct mapped *files;           ///< all that were read
    size_t file_count;              ///< how many
    size_t file_capacity;           ///< how many fit
    uint64_t lost;                  ///< packets that the capture lost
    unsigned problems;              ///< things that could not be read; each was complained about
};

/**
 * Frees all that a recording owns.
 * @param r the recording, which is of no use afterwards
 */
void recording_free(struct recording *r);

/**
 * Lets the files of a long recording leave the memory; what is needed of them comes back by itself.
 * @param r the recording
 * @see MADV_DONTNEED in madvise(2)
 */
void recording_forget_files(const struct recording *r);

/**
 * Adds an event. It belongs to no lane yet, and all else in it is 0.
 * @param r    the recording
 * @param kind what happened
 * @param time when
 * @return the event; valid until the next one is added
 */
struct event *recording_add(struct recording *r, enum event_kind kind, int64_t time);

/**
 * Adds a lane, which is a program of its own.
 * @param r    the recording
 * @param name its name and its file's, which is copied
 * @return its number
 */
int16_t recording_lane(struct recording *r, struct slice name);

/**
 * Gives a lane another name; where another lane has that name already, a number follows: `server/2`.
 * @param r    the recording
 * @param lane its number
 * @param name the name, which is copied
 */
void lane_rename(struct recording *r, int16_t lane, struct slice name);

/**
 * Tells whether a name means a lane: its own, its program's, or its file's.
 * @param r    the recording
 * @param lane its number, also one that is no lane
 * @param name the name; also "nobody"
 * @return true when it does
 */
bool lane_is_named(const struct recording *r, int16_t lane, const char *name);

/**
 * Finds or adds a host.
 * @param r     the recording
 * @param netns inode of its network namespace; 0 when unknown: then the name identifies it
 * @param name  its name, which is copied; may be empty when it is not known yet
 * @return its number
 */
int16_t recording_host(struct recording *r, uint64_t netns, struct slice name);

/**
 * Gives the datagram that an ICMP message is about, as an event of its own.
 * @param r    the recording
 * @param icmp the message; its `about` is not NO_INDEX
 * @return an event with protocol, addresses and payload; its time is 0
 */
struct event quoted_datagram(const struct recording *r, const struct packet *icmp);

/**
 * Tells when a call returned.
 * @param e an event of kind @ref EVENT_CALL
 * @return the time; INT64_MAX when it did not return
 */
int64_t call_end(const struct event *e);

/**
 * Finds the socket of a call.
 * @param r the recording
 * @param c the call
 * @return the socket, or NULL when the call is about none
 */
const struct socket *call_socket(const struct recording *r, const struct call *c);

/**
 * Tells whether a socket is one of the network: of the Internet's protocols or of packet(7), not of UNIX or NETLINK.
 * @param r the recording
 * @param s the socket, or NULL
 * @return true when it does
 */
bool is_on_network(const struct recording *r, const struct socket *s);

/**
 * Gives a message of a call.
 * @param r     the recording
 * @param c     the call
 * @param index from 0
 * @return the message, or NULL when the call has no more
 */
const struct message *call_message(const struct recording *r, const struct call *c, size_t index);

/**
 * Tells whether a call has that flag.
 * @param r    the recording
 * @param c    the call
 * @param flag such as `MSG_PEEK`
 * @return true when it has
 */
bool call_has_flag(const struct recording *r, const struct call *c, const char *flag);

/**
 * Tells what a call does, whichever of its names the program used: read(2) on a socket receives, too.
 * @param r the recording
 * @param c the call
 * @return "send", "recv", "recv-error" when it reads the error queue, or else its name
 */
const char *call_action(const struct recording *r, const struct call *c);

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
 * @param a the address; not one that the recording keeps, because that one may move
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

/**
 * Names a lane.
 * @param r    the recording
 * @param lane its number
 * @return its name; "nobody" for @ref LANE_NOBODY, "kernel" for @ref LANE_KERNEL, NULL for @ref LANE_NONE
 */
const char *lane_name(const struct recording *r, int16_t lane);

#endif
