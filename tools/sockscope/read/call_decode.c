/**
 * @file
 * The arguments of a call: which one is the payload, which the address, which
 * the option.
 */
#include "calls.h"

#include "messages.h"
#include "waiting.h"

#include <string.h>

/** Where a call keeps what. Places count arguments from 0; -1 is "has none". */
struct shape {
    const char *name; ///< the kernel's name, as strace prints it
    int8_t payload;   ///< place of a string
    int8_t vector;    ///< place of an array of iovec, or of a msghdr
    int8_t size;      ///< place of the payload's length in bytes
    int8_t flags;     ///< place of MSG_DONTWAIT and the like
    int8_t address;   ///< place of a socket address
    bool is_out;      ///< the payload leaves the program
    bool fills;       ///< the address is filled by the kernel
};

static const struct shape shapes[] = {
    // name          payload vector size flags address out    fills
    {"sendto", 1, -1, 2, 3, 4, true, false},         {"recvfrom", 1, -1, 2, 3, 4, false, true},
    {"send", 1, -1, 2, 3, -1, true, false},          {"recv", 1, -1, 2, 3, -1, false, false},
    {"sendmsg", -1, 1, -1, 2, -1, true, false},      {"recvmsg", -1, 1, -1, 2, -1, false, true},
    {"sendmmsg", -1, 1, -1, 3, -1, true, false},     {"recvmmsg", -1, 1, -1, 3, -1, false, true},
    {"read", 1, -1, 2, -1, -1, false, false},        {"write", 1, -1, 2, -1, -1, true, false},
    {"readv", -1, 1, -1, -1, -1, false, false},      {"writev", -1, 1, -1, -1, -1, true, false},
    {"connect", -1, -1, -1, -1, 1, false, false},    {"bind", -1, -1, -1, -1, 1, false, false},
    {"accept", -1, -1, -1, -1, 1, false, true},      {"accept4", -1, -1, -1, 3, 1, false, true},
    {"getsockname", -1, -1, -1, -1, 1, false, true}, {"getpeername", -1, -1, -1, -1, 1, false, true},
    {"shutdown", -1, -1, -1, 1, -1, false, false},
};

/** NULL for a call that moves neither data nor addresses. */
static const struct shape *shape_of(struct slice name) {
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        if (slice_is(name, shapes[i].name))
            return &shapes[i];
    return NULL;
}

/** The argument at that place, or an empty slice. */
static struct slice argument(const struct slice *parts, size_t count, int place) {
    if (place < 0 || (size_t)place >= count)
        return (struct slice){"", 0};
    return parts[place];
}

static uint32_t read_address(struct recording *r, struct slice text) {
    struct address a;

    // A buffer that was too small is printed as {...} => {...} or with lengths;
    // the structure comes first.
    return address_parse_structure(text, &a) ? address_number(r, &a) : 0;
}

/** The length that a call was given. */
static uint32_t asked_bytes(const struct shape *shape, const struct slice *parts, size_t count) {
    int64_t size = 0;

    if (shape->size < 0 || !slice_number(argument(parts, count, shape->size), &size, NULL) || size < 0)
        return NO_INDEX;
    return size < NO_INDEX ? (uint32_t)size : NO_INDEX - 1;
}

static uint32_t limited(uint64_t size) {
    return size < NO_INDEX ? (uint32_t)size : NO_INDEX - 1;
}

/** Keeps a message beside those of the same call. */
static void add_message(struct recording *r, struct call *c, const struct message *m) {
    r->messages = grow(r->messages, r->message_count, &r->message_capacity, sizeof *r->messages);
    if (c->message_count == 0)
        c->more = (uint32_t)r->message_count;
    r->messages[r->message_count++] = *m;
    c->message_count++;
}

/** A receipt holds what came, however long the buffer is that strace prints. */
static void set_bytes(struct message *m, uint32_t bytes, bool is_out) {
    m->bytes = bytes;
    if (!is_out && m->payload_size > bytes)
        m->payload_size = bytes;
}

/** The fields of a call that sends several messages are those of its first message. */
static void take_message(struct event *e, const struct shape *shape, const struct message *m) {
    *(shape->fills ? &e->call.from : &e->call.to) = m->address;
    e->payload = m->payload;
    e->payload_size = m->payload_size;
}

/** sendmsg and recvmsg. */
static void decode_message(struct recording *r, const struct shape *shape, struct slice header, struct event *e) {
    struct call *c = &e->call;
    bool worked = c->known && c->result >= 0;
    struct vector v = {0};
    struct message m;

    message_read(r, header, shape->is_out, &m, &v);
    set_bytes(&m, worked ? limited((uint64_t)c->result) : m.payload_size, shape->is_out);
    take_message(e, shape, &m);
    c->is_cut = v.is_cut;
    c->bytes = m.bytes;
    c->segment = m.segment;
    if (!shape->is_out)
        c->capacity = limited(v.capacity);
    if (worked && (*m.control || m.flags))
        add_message(r, c, &m);
}

/** sendmmsg and recvmmsg, which return a number of messages; each one's bytes stand in its msg_len. */
static void decode_messages(struct recording *r, const struct shape *shape, struct slice list, struct event *e) {
    struct call *c = &e->call;
    int64_t done = c->known ? c->result : -1;
    struct slice rest = strace_inside(list);
    struct slice item;
    uint64_t sum = 0;

    for (int64_t i = 0; (i == 0 || i < done) && i < UINT16_MAX && strace_next(&rest, &item); i++) {
        struct vector v = {0};
        struct message m;
        int64_t length = 0;
        message_read(r, strace_member(item, "msg_hdr"), shape->is_out, &m, &v);
        bool told = slice_number(strace_member(item, "msg_len"), &length, NULL) && length >= 0;
        set_bytes(&m, told && i < done ? limited((uint64_t)length) : m.payload_size, shape->is_out);
        if (i == 0)
            take_message(e, shape, &m);
        sum += m.bytes;
        c->is_cut = c->is_cut || v.is_cut;
        if (i < done)
            add_message(r, c, &m);
    }
    c->bytes = limited(sum);
}

/** A payload that is an argument of its own: of sendto, recvfrom, read, writev, ... */
static void decode_payload(struct recording *r, const struct shape *shape, const struct slice *parts, size_t count,
                           struct event *e) {
    struct call *c = &e->call;
    bool worked = c->known && c->result >= 0;
    uint32_t asked = asked_bytes(shape, parts, count);
    struct slice text = argument(parts, count, shape->payload);
    struct buffer bytes = {0};
    struct vector v = {0};

    if (shape->vector >= 0) {
        vector_read(argument(parts, count, shape->vector), &bytes, &v);
        asked = limited(v.capacity);
    } else {
        strace_unquote(text, &bytes);
        v.is_cut = slice_starts(slice_skip(text, strace_quoted(text)), "...");
    }
    c->is_cut = v.is_cut;
    if (!shape->is_out)
        c->capacity = asked;
    if (worked && bytes.size > (uint64_t)c->result && !shape->is_out)
        bytes.size = (size_t)c->result;
    if (shape->is_out || worked) {
        c->bytes = worked ? limited((uint64_t)c->result) : asked != NO_INDEX ? asked : limited(bytes.size);
        e->payload = keep_bytes(r, bytes.at, bytes.size);
        e->payload_size = (uint32_t)bytes.size;
    }
    buffer_free(&bytes);
}

/** Keeps strace's words for what has no field of its own. */
static void keep_raw(struct recording *r, struct slice text, struct event *e) {
    e->payload = keep_bytes(r, text.at, text.size);
    e->payload_size = (uint32_t)text.size;
    e->call.is_raw = 1;
}

static void decode_shape(struct recording *r, const struct shape *shape, const struct slice *parts, size_t count,
                         struct event *e) {
    struct call *c = &e->call;
    bool worked = c->known && c->result >= 0;

    c->is_out = shape->is_out;
    if (shape->flags >= 0) {
        struct slice flags = argument(parts, count, shape->flags);
        c->flags = slice_is(flags, "0") ? 0 : text_number(r, flags);
    }
    c->no_address = shape->address == 4 && slice_is(argument(parts, count, 4), "NULL");
    if (shape->address >= 0)
        *(shape->fills ? &c->from : &c->to) = read_address(r, argument(parts, count, shape->address));
    struct slice vector = argument(parts, count, shape->vector);
    if (address_of(r, c->to)->kind == ADDRESS_OTHER && shape->payload < 0 && shape->vector < 0)
        keep_raw(r, argument(parts, count, shape->address), e); // a path, an interface
    else if (strstr(shape->name, "mmsg") && (shape->is_out || worked))
        decode_messages(r, shape, vector, e);
    else if (strstr(shape->name, "msg") && (shape->is_out || worked))
        decode_message(r, shape, vector, e);
    else if (shape->payload >= 0 || (shape->vector >= 0 && !strstr(shape->name, "msg")))
        decode_payload(r, shape, parts, count, e);
}

/** SO_RCVTIMEO_OLD is the kernel's name for what the program calls SO_RCVTIMEO.
 */
static struct slice plain_option(struct slice name) {
    if (name.size > 4 && slice_is(slice_skip(name, name.size - 4), "_OLD"))
        name.size -= 4;
    return name;
}

void call_decode(struct recording *r, const struct strace_line *line, struct event *e) {
    struct slice parts[STRACE_ARGUMENTS] = {0};
    size_t count = strace_split(line->arguments, parts);
    struct strace_result result = strace_parse_result(line->result);
    struct call *c = &e->call;

    c->name = (uint16_t)text_number(r, line->name);
    c->finished = line->kind == STRACE_CALL;
    c->known = c->finished && result.known;
    c->result = result.value;
    c->error = (uint16_t)text_number(r, result.error);
    c->duration = line->duration;
    c->bytes = NO_INDEX;
    c->capacity = NO_INDEX;
    c->more = NO_INDEX;
    c->fd = NO_DESCRIPTOR;
    const struct shape *shape = shape_of(line->name);
    if (shape) {
        decode_shape(r, shape, parts, count, e);
    } else if (slice_is(line->name, "setsockopt") || slice_is(line->name, "getsockopt")) {
        c->option = (uint16_t)text_number(r, plain_option(argument(parts, count, 2)));
        keep_raw(r, argument(parts, count, 3), e);
    } else {
        keep_raw(r, line->arguments, e);
    }
}

int call_descriptor(const struct strace_line *line, struct slice *annotation) {
    struct slice parts[STRACE_ARGUMENTS] = {0};

    *annotation = (struct slice){"", 0};
    if (slice_is(line->name, "socket") || slice_is(line->name, "socketpair") ||
        slice_is(line->name, "io_uring_setup") || is_wait(line->name))
        return NO_DESCRIPTOR;
    return strace_split(line->arguments, parts) ? strace_descriptor(parts[0], annotation) : NO_DESCRIPTOR;
}

/** Calls that work on any descriptor: about files they say nothing here. */
static bool is_plain(struct slice name) {
    static const char *const names[] = {"read", "write", "readv", "writev", "close", "dup", "dup2", "dup3"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (slice_is(name, names[i]))
            return true;
    return false;
}

/** Signals that are sent stand in the recording for those who ask why a process ended. */
static bool sends_signal(struct slice name) {
    return slice_is(name, "kill") || slice_is(name, "tkill") || slice_is(name, "tgkill") ||
           slice_is(name, "pidfd_send_signal");
}

bool call_wanted(const struct strace_line *line, const struct call *c, bool was_socket) {
    bool moves = shape_of(line->name) != NULL;

    if (c->endpoint != NO_INDEX || is_wait(line->name) || slice_is(line->name, "rt_sigreturn"))
        return true;
    if (slice_is(line->name, "fcntl") || slice_is(line->name, "ioctl") || sends_signal(line->name))
        return false;
    if (!is_plain(line->name))
        return true; // a socket call: on another descriptor it fails with ENOTSOCK or EBADF
    if (c->known && c->result < 0 && (c->fd < 0 || was_socket))
        return true; // EBADF: the program lost its socket
    return moves && c->fd >= 0 && c->fd <= 2;
}
