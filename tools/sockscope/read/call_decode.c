/**
 * @file
 * The arguments of a call: which one is the payload, which the address, which
 * the option.
 */
#include "calls.h"

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

/** Appends the strings of an iovec list in a text: every iov_base="..." of the
 * first message. */
static void read_vector(struct slice text, struct buffer *bytes) {
    size_t end = slice_find(text,
                            "msg_iovlen"); // sendmmsg: the first message is the one that is shown
    struct slice rest = {text.at, end};

    for (;;) {
        rest = slice_skip(rest, slice_find(rest, "iov_base="));
        rest = slice_skip(rest, strlen("iov_base="));
        if (rest.size == 0)
            return;
        strace_unquote(rest, bytes);
        size_t length = strace_quoted(rest);
        rest = slice_skip(rest, length ? length : 1);
    }
}

/** What a failed or unfinished call would have sent: the sum of the lengths, or
 * the length argument. */
static uint32_t asked_bytes(const struct shape *shape, const struct slice *parts, size_t count,
                            const struct buffer *bytes) {
    int64_t size = 0;

    if (shape->size >= 0 && slice_number(argument(parts, count, shape->size), &size, NULL) && size >= 0)
        return size < UINT32_MAX ? (uint32_t)size : UINT32_MAX - 1;
    return (uint32_t)bytes->size;
}

/** sendmmsg and recvmmsg return a number of messages; the bytes stand in each
 * message's msg_len. */
static uint32_t sum_of_lengths(struct slice list) {
    uint64_t sum = 0;
    int64_t length = 0;

    for (;;) {
        list = slice_skip(list, slice_find(list, "msg_len="));
        list = slice_skip(list, strlen("msg_len="));
        if (list.size == 0)
            return sum < UINT32_MAX ? (uint32_t)sum : UINT32_MAX - 1;
        if (slice_number(list, &length, NULL) && length > 0)
            sum += (uint64_t)length;
    }
}

static void read_message(struct recording *r, struct slice text, const struct shape *shape, struct call *c) {
    struct slice name = strace_member(text, "msg_name");

    if (slice_starts(text, "[{msg_hdr="))
        name = strace_member(strace_member(slice_skip(text, 1), "msg_hdr"), "msg_name");
    *(shape->fills ? &c->from : &c->to) = read_address(r, name);
}

static void decode_shape(struct recording *r, const struct shape *shape, const struct slice *parts,
                         size_t count, struct event *e) {
    struct call *c = &e->call;
    struct buffer bytes = {0};
    bool moves = shape->payload >= 0 || shape->vector >= 0;
    bool worked = c->known && c->result >= 0;

    c->is_out = shape->is_out;
    if (shape->flags >= 0) {
        struct slice flags = argument(parts, count, shape->flags);
        c->flags = slice_is(flags, "0") ? 0 : text_number(r, flags);
    }
    c->no_address = shape->address == 4 && slice_is(argument(parts, count, 4), "NULL");
    if (shape->address >= 0)
        *(shape->fills ? &c->from : &c->to) = read_address(r, argument(parts, count, shape->address));
    if (shape->payload >= 0)
        strace_unquote(argument(parts, count, shape->payload), &bytes);
    if (shape->vector >= 0) {
        struct slice list = argument(parts, count, shape->vector);
        read_message(r, list, shape, c);
        if (worked || shape->is_out)
            read_vector(list, &bytes);
    }
    bool many = strstr(shape->name, "mmsg") != NULL;
    if (worked && bytes.size > (uint64_t)c->result && !shape->is_out && !many)
        bytes.size = (size_t)c->result; // an iovec is printed whole, however little came
    if (moves && (shape->is_out || worked)) {
        c->bytes = worked ? (uint32_t)c->result : asked_bytes(shape, parts, count, &bytes);
        if (many)
            c->bytes = sum_of_lengths(argument(parts, count, shape->vector));
        e->payload = keep_bytes(r, bytes.at, bytes.size);
        e->payload_size = (uint32_t)bytes.size;
    }
    if (moves && !shape->is_out && shape->size >= 0)
        c->capacity = asked_bytes(shape, parts, count, &bytes);
    buffer_free(&bytes);
}

/** SO_RCVTIMEO_OLD is the kernel's name for what the program calls SO_RCVTIMEO.
 */
static struct slice plain_option(struct slice name) {
    if (name.size > 4 && slice_is(slice_skip(name, name.size - 4), "_OLD"))
        name.size -= 4;
    return name;
}

/** Keeps strace's words for what has no field of its own. */
static void keep_raw(struct recording *r, struct slice text, struct event *e) {
    e->payload = keep_bytes(r, text.at, text.size);
    e->payload_size = (uint32_t)text.size;
    e->call.is_raw = 1;
}

/** "POLLIN|POLLERR" of poll's "[{fd=3, revents=POLLIN|POLLERR}]". */
static uint32_t what_is_ready(struct recording *r, struct slice detail) {
    struct slice events = slice_skip(detail, slice_find(detail, "revents="));
    size_t length = 0;

    events = slice_skip(events, strlen("revents="));
    while (length < events.size &&
           ((events.at[length] >= 'A' && events.at[length] <= 'Z') || events.at[length] == '|'))
        length++;
    return text_number(r, (struct slice){events.at, length});
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
    const struct shape *shape = shape_of(line->name);
    if (shape) {
        decode_shape(r, shape, parts, count, e);
    } else if (slice_is(line->name, "setsockopt") || slice_is(line->name, "getsockopt")) {
        c->option = (uint16_t)text_number(r, plain_option(argument(parts, count, 2)));
        keep_raw(r, argument(parts, count, 3), e);
    } else {
        keep_raw(r, line->arguments, e);
        c->flags = what_is_ready(r, result.detail);
    }
}

/** Finds the first descriptor with a socket's description, as in
 * [{fd=3<UDP:[7]>, events=POLLIN}]. */
static int listed_descriptor(struct slice text, struct slice *annotation) {
    for (size_t at = 0; at < text.size;) {
        struct slice rest = slice_skip(text, at);
        size_t open = slice_find(rest, "<");
        if (open == rest.size)
            break;
        size_t digits = open;
        while (digits > 0 && rest.at[digits - 1] >= '0' && rest.at[digits - 1] <= '9')
            digits--;
        size_t close = slice_find(rest, "]>");
        if (digits < open && close < rest.size && close > open)
            return strace_descriptor((struct slice){rest.at + digits, close + 2 - digits}, annotation);
        at += open + 1;
    }
    return -1;
}

static bool is_waiting(struct slice name) {
    static const char *const names[] = {"poll",       "ppoll",       "select",       "pselect6",
                                        "epoll_wait", "epoll_pwait", "epoll_pwait2", "epoll_ctl"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (slice_is(name, names[i]))
            return true;
    return false;
}

int call_descriptor(const struct strace_line *line, struct slice *annotation) {
    struct slice parts[STRACE_ARGUMENTS] = {0};

    *annotation = (struct slice){"", 0};
    if (slice_is(line->name, "socket") || slice_is(line->name, "socketpair"))
        return -1;
    if (is_waiting(line->name))
        return listed_descriptor(line->arguments, annotation);
    return strace_split(line->arguments, parts) ? strace_descriptor(parts[0], annotation) : -1;
}

bool call_wanted(const struct strace_line *line, int fd, uint32_t socket) {
    const struct shape *shape = shape_of(line->name);

    if (socket != NO_INDEX || is_waiting(line->name) || slice_is(line->name, "socket") ||
        slice_is(line->name, "rt_sigreturn"))
        return true;
    if (!shape || fd < 0)
        return false;
    bool plain = slice_is(line->name, "read") || slice_is(line->name, "write") ||
                 slice_is(line->name, "readv") || slice_is(line->name, "writev");
    return plain ? fd <= 2 : true; // a socket call on another descriptor: ENOTSOCK
                                   // or EBADF, worth seeing
}
