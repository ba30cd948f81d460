/**
 * @file
 * Messages of sendmsg, recvmsg, sendmmsg and recvmmsg: payload, address, control messages, returned flags.
 */
#include "messages.h"

#include <errno.h>
#include <netinet/in.h>
#include <string.h>

enum { ORIGIN_LOCAL = 1, ORIGIN_ICMP = 2, ORIGIN_ICMP6 = 3 }; // SO_EE_ORIGIN_..., see ip(7)

void vector_read(struct slice vector, struct buffer *bytes, struct vector *v) {
    struct slice rest = strace_inside(vector);
    struct slice item;
    int64_t length = 0;

    while (strace_next(&rest, &item)) {
        struct slice base = strace_member(item, "iov_base");
        strace_unquote(base, bytes);
        v->is_cut = v->is_cut || slice_starts(slice_skip(base, strace_quoted(base)), "...");
        if (slice_number(strace_member(item, "iov_len"), &length, NULL) && length > 0)
            v->capacity += (uint64_t)length;
    }
}

/** Names that strace prints as numbers. */
static const char *control_name(struct slice level, struct slice type) {
    static const struct {
        const char *level, *number, *name;
    } names[] = {{"SOL_UDP", "0x67", "UDP_SEGMENT"},      {"SOL_UDP", "0x68", "UDP_GRO"},
                 {"SOL_IPV6", "0x32", "IPV6_PKTINFO"},    {"SOL_IPV6", "0x34", "IPV6_HOPLIMIT"},
                 {"SOL_IPV6", "0x43", "IPV6_TCLASS"},     {"SOL_IPV6", "0x19", "IPV6_RECVERR"},
                 {"SOL_IPV6", "0x4a", "IPV6_ORIGDSTADDR"}};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (slice_is(level, names[i].level) && slice_is(type, names[i].number))
            return names[i].name;
    return NULL;
}

/** Reads a number as `[64]`, `64`, or as a string of its bytes. */
static bool read_integer(struct slice data, int64_t *value) {
    struct buffer bytes = {0};
    bool done = false;

    if (data.size > 0 && data.at[0] == '[')
        data = slice_skip(data, 1);
    if (data.size == 0 || data.at[0] != '"')
        return slice_number(data, value, NULL);
    *value = 0;
    if (strace_unquote(data, &bytes) && bytes.size > 0 && bytes.size <= sizeof *value) {
        memcpy(value, bytes.at, bytes.size); // recordings are drawn on machines of the same byte order
        done = true;
    }
    buffer_free(&bytes);
    return done;
}

/** Appends the text in double quotes inside `inet_addr("127.0.0.1")` or `if_nametoindex("lo")`. */
static bool put_quoted(struct buffer *out, const char *before, struct slice value) {
    struct buffer text = {0};
    struct slice quoted = slice_skip(value, slice_find(value, "\""));
    bool done = strace_unquote(quoted, &text);

    if (done)
        buffer_format(out, "%s%s", before, text.at ? text.at : "");
    buffer_free(&text);
    return done;
}

/** `IP_PKTINFO 127.0.0.5 on lo`: of a send the source address, of a receipt the destination. */
static void put_packet_info(struct buffer *out, struct slice data, bool is_out) {
    struct slice interface = strace_member(data, "ipi_ifindex");
    struct slice ip = strace_member(data, is_out ? "ipi_spec_dst" : "ipi_addr");

    if (data.size > 0 && data.at[0] == '{' && ip.size == 0) { // of IPv6
        ip = slice_skip(data, slice_find(data, "inet_pton"));
        interface = strace_member(data, "ipi6_ifindex");
    }
    put_quoted(out, " ", ip);
    put_quoted(out, " on ", interface);
}

static void put_time(struct buffer *out, struct slice data) {
    int64_t seconds = 0;
    int64_t part = 0;

    if (!slice_number(strace_member(data, "tv_sec"), &seconds, NULL))
        return;
    if (slice_number(strace_member(data, "tv_nsec"), &part, NULL))
        buffer_format(out, " %lld.%09lld", (long long)seconds, (long long)part);
    else if (slice_number(strace_member(data, "tv_usec"), &part, NULL))
        buffer_format(out, " %lld.%06lld", (long long)seconds, (long long)part);
}

static uint8_t read_origin(struct slice text) {
    int64_t number = 0;

    if (slice_number(text, &number, NULL))
        return (uint8_t)number;
    if (slice_find(text, "ICMP6") < text.size)
        return ORIGIN_ICMP6;
    if (slice_find(text, "ICMP") < text.size)
        return ORIGIN_ICMP;
    return slice_find(text, "LOCAL") < text.size ? ORIGIN_LOCAL : 0;
}

static uint8_t small_number(struct slice structure, const char *key) {
    int64_t number = 0;
    return slice_number(strace_member(structure, key), &number, NULL) ? (uint8_t)number : 0;
}

/** The extended error of the error queue, see IP_RECVERR in ip(7). */
static void read_error(struct recording *r, struct slice data, struct queued_error *error) {
    struct slice code = strace_member(data, "ee_errno");
    struct address offender;
    int64_t number = 0;

    if (slice_number(code, &number, NULL)) {
        const char *name = strerrorname_np((int)number);
        code = slice_of(name ? name : "");
    }
    *error = (struct queued_error){.error = (uint16_t)text_number(r, code),
                                   .origin = read_origin(strace_member(data, "ee_origin")),
                                   .type = small_number(data, "ee_type"),
                                   .code = small_number(data, "ee_code")};
    if (slice_number(strace_member(data, "ee_info"), &number, NULL))
        error->info = (uint32_t)number;
    if (address_parse_structure(strace_member(data, "offender"), &offender)) {
        offender.has_port = 0; // it is 0 always
        error->offender = address_number(r, &offender);
    }
}

/** `ECONNREFUSED: ICMP port unreachable from 127.0.0.1` */
static void put_error(struct buffer *out, const struct recording *r, const struct queued_error *error) {
    char text[ADDRESS_TEXT];

    if (!error->error)
        return;
    buffer_format(out, " %s", text_of(r, error->error));
    if (error->origin == ORIGIN_ICMP || error->origin == ORIGIN_ICMP6) {
        enum protocol proto = error->origin == ORIGIN_ICMP ? PROTO_ICMP : PROTO_ICMPV6;
        buffer_format(out, ": %s %s", packet_protocol_name(proto),
                      packet_icmp_name(proto, error->type, error->code, text));
    } else if (error->origin == ORIGIN_LOCAL) {
        buffer_text(out, ": found by this host");
    }
    if (error->offender)
        buffer_format(out, " from %s", address_print(address_of(r, error->offender), text));
    if (error->info > 0)
        buffer_format(out, ", MTU %u", error->info);
}

/** `fd 3, fd 4` of SCM_RIGHTS's `[3<UDP:[...]>, 4]`. */
static void put_descriptors(struct buffer *out, struct slice data) {
    struct slice rest = strace_inside(data);
    struct slice item;
    struct slice annotation;

    for (const char *comma = ""; strace_next(&rest, &item); comma = ",")
        buffer_format(out, "%s fd %d", comma, strace_descriptor(item, &annotation));
}

/** Appends one control message in words, and keeps what calls and programs are judged by. */
static void read_control(struct recording *r, struct slice item, bool is_out, struct message *m, struct buffer *out) {
    struct slice type = strace_member(item, "cmsg_type");
    struct slice data = strace_member(item, "cmsg_data");
    const char *known = control_name(strace_member(item, "cmsg_level"), type);
    struct slice name = known ? slice_of(known) : type;
    int64_t number = 0;

    if (name.size > 4 && slice_is(slice_skip(name, name.size - 4), "_OLD"))
        name.size -= 4; // the kernel's name for what the program calls SO_TIMESTAMP
    buffer_format(out, "%s%.*s", out->size ? "\n" : "", (int)name.size, name.at);
    if (slice_find(name, "PKTINFO") < name.size) {
        put_packet_info(out, data, is_out);
    } else if (slice_find(name, "TIMESTAMP") < name.size) {
        put_time(out, data);
    } else if (slice_find(name, "RECVERR") < name.size) {
        read_error(r, data, &m->error);
        put_error(out, r, &m->error);
    } else if (slice_is(name, "SCM_RIGHTS")) {
        put_descriptors(out, data);
    } else if (read_integer(data, &number)) {
        buffer_format(out, " %lld", (long long)number);
        if (slice_is(name, "UDP_SEGMENT") || slice_is(name, "UDP_GRO"))
            m->segment = number > 0 && number <= UINT16_MAX ? (uint16_t)number : 0;
    }
}

void message_read(struct recording *r, struct slice header, bool is_out, struct message *m, struct vector *v) {
    struct slice controls = strace_inside(strace_member(header, "msg_control"));
    struct slice flags = strace_member(header, "msg_flags");
    struct buffer bytes = {0};
    struct buffer words = {0};
    struct slice item;
    struct address a;

    *m = (struct message){0};
    if (address_parse_structure(strace_member(header, "msg_name"), &a))
        m->address = address_number(r, &a);
    vector_read(strace_member(header, "msg_iov"), &bytes, v);
    m->payload = keep_bytes(r, bytes.at, bytes.size);
    m->payload_size = (uint32_t)bytes.size;
    while (strace_next(&controls, &item))
        read_control(r, item, is_out, m, &words);
    m->control = keep_bytes(r, words.at, words.size);
    if (!slice_is(flags, "0"))
        m->flags = text_number(r, flags);
    m->truncated = !is_out && slice_find(flags, "MSG_TRUNC") < flags.size;
    buffer_free(&bytes);
    buffer_free(&words);
}
