/**
 * @file
 * A recording in memory: what happened, in the order of time.
 *
 * An event is small (a test holds it under 100 bytes); names and addresses are
 * kept once and referred to by number.
 */
#ifndef SOCKSCOPE_RECORDING_H
#define SOCKSCOPE_RECORDING_H

#include "packet.h"

/** What happened. */
enum event_kind { EVENT_START, EVENT_CALL, EVENT_PACKET, EVENT_SIGNAL, EVENT_EXIT, EVENT_NOTHING };

/** Lanes that are not programs. */
enum { LANE_NONE = -1, LANE_NOBODY = -2 };

/** "There is none" for the numbers that refer to another table. */
#define NO_INDEX UINT32_MAX

/** A system call. Text numbers are 0 when there is none. */
struct call {
    int64_t result;
    int64_t duration;  ///< nanoseconds; -1 when it had not returned
    uint32_t late;     ///< nanoseconds that strace needed to describe the socket before it began to measure
    int32_t fd;        ///< -1 when the call has none
    uint32_t endpoint; ///< the socket's addresses after the call, or NO_INDEX
    uint32_t to;       ///< address given to the call
    uint32_t from;     ///< address filled by the call
    uint32_t bytes;    ///< NO_INDEX when the call moves none
    uint32_t flags;    ///< text
    uint16_t name;     ///< text
    uint16_t error;    ///< text
    uint16_t option;   ///< text
    uint8_t finished;
    uint8_t known;  ///< the result is known
    uint8_t is_raw; ///< the event's payload is strace's text of the arguments
    uint8_t is_out; ///< the payload left the program (send, write)
    uint8_t bare;   ///< sendto or recvfrom with NULL for the address: send() and recv()
};

/** A packet; the event's payload is what UDP or TCP carried. */
struct packet {
    uint32_t src;
    uint32_t dst;
    uint32_t about;     ///< index of the datagram that an ICMP message quotes, or NO_INDEX
    uint32_t length;    ///< bytes of payload on the wire
    uint32_t number;    ///< TCP's sequence number, or the identification of a
                        ///< fragmented datagram
    uint32_t receivers; ///< where the list of several receivers begins, or
                        ///< NO_INDEX; it ends with LANE_NONE
    int16_t from_lane;
    int16_t to_lane;
    int16_t from_host; ///< -1 when not recorded
    int16_t to_host;
    uint16_t protocol; ///< IP's protocol number, or the Ethernet type
    uint8_t proto;
    uint8_t type;
    uint8_t code;
    uint8_t flags; ///< of TCP
    uint8_t fragmented;
    uint8_t truncated; ///< the headers say more than the packet holds
};

/** Anything that happened. */
struct event {
    int64_t time; ///< nanoseconds since 1970
    const char *payload;
    uint32_t payload_size;
    int32_t pid;
    int16_t lane; ///< of all but packets
    uint8_t kind;
    union {
        struct call call;
        struct packet packet;
        struct {
            int64_t status;
            uint32_t name; ///< of the signal; text
            int32_t sender;
        } end; ///< of EVENT_EXIT and EVENT_SIGNAL
    };
};

/** A datagram that an ICMP message quotes: an event's part of it, kept apart because few events have one. */
struct datagram {
    const char *payload;
    uint32_t payload_size;
    struct packet packet;
};

/** A socket's addresses, from one change to the next. */
struct endpoint {
    int64_t begin;
    int64_t end;
    uint32_t socket;
    uint32_t local;
    uint32_t peer;
    uint32_t next; ///< the same socket's next endpoint, or NO_INDEX
};

/** A socket of a program. */
struct socket {
    uint32_t first;
    uint32_t current;
    uint32_t annotation; ///< number of strace's last description of it; it
                         ///< repeats old ones
    uint32_t references;
    uint16_t type; ///< text: UDP, TCP, UNIX, ...
    int16_t lane;
    uint8_t ipv6;
    uint8_t address_locked; ///< the program chose the local address
    uint8_t port_locked;    ///< the program chose the port
    uint8_t hears_errors;   ///< IP_RECVERR
};

/** A program of the scene. */
struct lane {
    char *name;
    int64_t begin;
    int16_t host;
    bool serves; ///< it chose a port
};

/** A network namespace. */
struct host {
    char *name;
    uint64_t netns; ///< its inode, 0 when unknown
    bool captured;  ///< its packets were recorded
    struct address *addresses;
    uint8_t *prefixes;
    size_t address_count;
    size_t address_room;
};

/** Texts, each kept once; number 0 is "". */
struct text_table {
    struct slice *texts;
    size_t count;
    size_t room;
};

/** Addresses, each kept once; number 0 is none. */
struct address_table {
    struct address *addresses;
    size_t count;
    size_t room;
    uint32_t *slots;
    size_t slot_count;
};

/** Memory that stays where it is until the recording is freed. */
struct arena {
    char **blocks;
    size_t count;
    size_t room;
    size_t used;
    size_t block_size;
};

/** A file in memory. */
struct mapped {
    char *at;
    size_t size;
};

/** Everything that was recorded. */
struct recording {
    struct event *events;
    size_t event_count;
    size_t event_room;
    struct lane *lanes;
    size_t lane_count;
    size_t lane_room;
    struct host *hosts;
    size_t host_count;
    size_t host_room;
    struct socket *sockets;
    size_t socket_count;
    size_t socket_room;
    struct endpoint *endpoints;
    size_t endpoint_count;
    size_t endpoint_room;
    struct datagram *quotes; ///< datagrams that ICMP messages quote
    size_t quote_count;
    size_t quote_room;
    int16_t *receivers;
    size_t receiver_count;
    size_t receiver_room;
    struct text_table texts;
    struct address_table addresses;
    struct arena arena;
    struct mapped *files;
    size_t file_count;
    size_t file_room;
    uint64_t lost;     ///< packets that the capture missed
    unsigned problems; ///< things that could not be read; each was complained about
};

/**
 * Reads a folder. What cannot be read is named on stderr and counted in
 * `problems`; the rest is kept.
 * @param folder where NAME.calls and NAME.pcapng are
 * @param r      filled; recording_free it
 * @return false when there is no such folder or nothing in it
 */
bool recording_load(const char *folder, struct recording *r);
void recording_free(struct recording *r);

/** Adds an event. @return it; valid until the next one is added */
struct event *recording_add(struct recording *r, enum event_kind kind, int64_t time);
/** Adds a lane. @return its number */
int16_t recording_lane(struct recording *r, struct slice name);
/** Finds or adds a host. @return its number */
int16_t recording_host(struct recording *r, uint64_t netns, struct slice name);
/** Maps a file; it stays until the recording is freed. @return false after a
 * complaint */
bool recording_map(struct recording *r, const char *path, struct slice *content);

/** Number of a text. */
uint32_t text_number(struct recording *r, struct slice text);
/** Text of a number; ends with a NUL as well. */
const char *text_of(const struct recording *r, uint32_t number);
/** Number of an address. */
uint32_t address_number(struct recording *r, const struct address *a);
/** Address of a number. */
const struct address *address_of(const struct recording *r, uint32_t number);
/** Keeps a copy of some bytes. */
const char *keep_bytes(struct recording *r, const void *bytes, size_t size);

/** The datagram that an ICMP message is about, as an event of its own. */
struct event quoted_datagram(const struct recording *r, const struct packet *icmp);
/** When a call returned; INT64_MAX when it did not. */
int64_t call_end(const struct event *e);
/** The socket of a call, or NULL. */
const struct socket *call_socket(const struct recording *r, const struct call *c);
/** The lane's name, "nobody", or NULL. */
const char *lane_name(const struct recording *r, int16_t lane);

/** Reads one program's calls (strace's output) into a lane. Does its own
 * complaining. */
void calls_read(struct recording *r, int16_t lane, const char *path, struct slice content);

#endif
