/**
 * @file
 * What a call changes: descriptors, processes, and the addresses of sockets.
 */
#include "calls.h"

#include "passing.h"
#include "waiting.h"

#include <string.h>

enum { ASKING_NS = 20000000 };

/** The type that a socket() call asks for, in strace's own words. */
static struct slice asked_type(struct slice arguments, bool *ipv6) {
    struct slice parts[STRACE_ARGUMENTS] = {0};
    size_t count = strace_split(arguments, parts);
    struct slice family = count > 0 ? parts[0] : slice_of("");
    struct slice type = count > 1 ? parts[1] : slice_of("");

    *ipv6 = slice_is(family, "AF_INET6");
    if (slice_is(family, "AF_UNIX"))
        return slice_of("UNIX");
    if (slice_is(family, "AF_NETLINK"))
        return slice_of("NETLINK");
    if (slice_is(family, "AF_PACKET"))
        return slice_of("PACKET");
    if (!*ipv6 && !slice_is(family, "AF_INET"))
        return slice_of("OTHER");
    if (count > 2 && slice_is(parts[2], "IPPROTO_UDPLITE"))
        return slice_of("UDPLITE");
    if (slice_starts(type, "SOCK_DGRAM"))
        return slice_of(count > 2 && slice_starts(parts[2], "IPPROTO_ICMP") ? "PING" : "UDP");
    return slice_of(slice_starts(type, "SOCK_STREAM") ? "TCP" : "RAW");
}

static uint32_t new_socket(struct tracker *t, const struct strace_line *line, int32_t pid, int fd, int64_t time) {
    struct strace_result result = strace_parse_result(line->result);
    bool ipv6 = false;
    struct slice type = asked_type(line->arguments, &ipv6);

    tracker_close(t, pid, fd, time);
    tracker_open(t, pid, fd, tracker_new_socket(t, type, ipv6, time));
    return tracker_socket(t, pid, fd, result.annotation, time);
}

/**
 * accept: a new socket at the listener's address, with the caller as its peer. A program that does not ask for the
 * caller's address leaves it to strace's description.
 */
static void accepted(struct tracker *t, const struct strace_line *line, const struct event *e, uint32_t listener,
                     int64_t time) {
    struct recording *r = t->r;
    const struct socket *s = &r->sockets[listener];
    struct slice annotation = strace_parse_result(line->result).annotation;
    int fd = (int)e->call.result;

    tracker_close(t, e->pid, fd, time);
    if (e->call.from == 0 && annotation.size > 0) {
        tracker_socket(t, e->pid, fd, annotation, time);
        return;
    }
    uint32_t socket = tracker_new_socket(t, slice_of(text_of(r, s->type)), s->ipv6, time);
    tracker_open(t, e->pid, fd, socket);
    socket_change(r, socket, r->endpoints[r->sockets[listener].current].local, e->call.from, time);
}

static void set_option(struct recording *r, const struct event *e, uint32_t socket) {
    const char *option = text_of(r, e->call.option);
    int64_t number = 0;

    if (strcmp(option, "IP_RECVERR") == 0 || strcmp(option, "IPV6_RECVERR") == 0)
        r->sockets[socket].hears_errors = e->payload_size > 1 && e->payload[1] != '0';
    if (strcmp(option, "UDP_SEGMENT") == 0 && e->payload_size > 1 &&
        slice_number((struct slice){e->payload + 1, e->payload_size - 1}, &number, NULL))
        r->sockets[socket].segment = number > 0 && number <= UINT16_MAX ? (uint16_t)number : 0;
}

/** dup, dup2, dup3, fcntl(F_DUPFD): one more descriptor for the same socket. */
static bool duplicates(const struct strace_line *line) {
    return slice_starts(line->name, "dup") ||
           (slice_starts(line->name, "fcntl") && slice_find(line->arguments, "F_DUPFD") < line->arguments.size);
}

static void clone_task(struct tracker *t, const struct strace_line *line, const struct event *e) {
    bool threads = slice_find(line->arguments, "CLONE_THREAD") < line->arguments.size;
    bool shares = slice_find(line->arguments, "CLONE_FILES") < line->arguments.size;

    if (e->call.result > 0 && e->call.result <= INT32_MAX)
        tracker_clone(t, e->pid, (int32_t)(t->other_ids ? -e->call.result : e->call.result), shares, threads);
}

/** A TCP connection that came to nothing had addresses as long as it was tried: its packets carry them. */
static void attempted(struct recording *r, struct event *e, uint32_t socket, int64_t begin, int64_t end) {
    struct endpoint before = r->endpoints[r->sockets[socket].current];
    struct address to = *address_of(r, e->call.to);

    if (!to.has_port)
        return;
    socket_connected(r, socket, &to, begin);
    e->call.endpoint = r->sockets[socket].current;
    // strace may have asked about the socket for a while before it began to measure.
    socket_change(r, socket, before.local, before.peer, end + ASKING_NS);
}

/** What a call on a known socket does to its addresses. */
static void change_addresses(struct tracker *t, const struct strace_line *line, struct event *e, uint32_t socket,
                             int64_t begin, int64_t end) {
    struct recording *r = t->r;
    const struct address *to = address_of(r, e->call.to);
    bool worked = e->call.known && e->call.result >= 0;
    struct address given = *to;

    if (slice_is(line->name, "setsockopt") && worked) {
        set_option(r, e, socket);
    } else if (slice_is(line->name, "bind") && worked) {
        socket_bound(r, socket, &given, begin);
    } else if (slice_is(line->name, "connect")) {
        bool begun = strcmp(text_of(r, e->call.error), "EINPROGRESS") == 0;
        if (worked || begun)
            socket_connected(r, socket, &given, begin);
        else if (strcmp(text_of(r, r->sockets[socket].type), "TCP") == 0)
            attempted(r, e, socket, begin, end);
    } else if (slice_is(line->name, "getsockname") && worked) {
        struct address local = *address_of(r, e->call.from);
        if (local.port != 0)
            socket_learn(r, socket, &local);
    } else if (e->call.is_out && worked) {
        if (e->call.segment == 0)
            e->call.segment = r->sockets[socket].segment;
        if (e->call.to)
            socket_sent(r, socket, &given, begin);
    } else if (slice_starts(line->name, "accept") && worked) {
        accepted(t, line, e, socket, end);
    }
}

void call_effects(struct tracker *t, const struct strace_line *line, struct event *e, int64_t begin, int64_t end) {
    struct slice annotation;
    int fd = call_descriptor(line, &annotation);
    bool worked = e->call.known && e->call.result >= 0 && e->call.result <= INT32_MAX;
    uint32_t socket = NO_INDEX;

    t->asked = false;
    e->call.fd = fd;
    e->call.endpoint = NO_INDEX;
    if (is_wait(line->name))
        socket = wait_read(t, line, e, begin);
    else if (fd >= 0)
        socket = tracker_socket(t, e->pid, fd, annotation, begin);
    if (slice_is(line->name, "socket") && worked) {
        e->call.fd = (int32_t)e->call.result;
        socket = new_socket(t, line, e->pid, e->call.fd, end);
    } else if (slice_is(line->name, "clone") || slice_is(line->name, "clone3") || slice_is(line->name, "fork") ||
               slice_is(line->name, "vfork")) {
        clone_task(t, line, e);
    } else if (duplicates(line) && worked) {
        tracker_close(t, e->pid, (int)e->call.result, end);
        if (socket != NO_INDEX)
            tracker_open(t, e->pid, (int)e->call.result, socket);
    }
    if (socket != NO_INDEX && e->call.finished)
        change_addresses(t, line, e, socket, begin, end);
    if (e->call.endpoint == NO_INDEX && socket != NO_INDEX)
        e->call.endpoint = t->r->sockets[socket].current;
    if ((slice_starts(line->name, "sendm") || slice_starts(line->name, "recvm")) && worked)
        descriptors_passed(t, line, e->pid, line->name.at[0] == 's', end);
    if (slice_is(line->name, "epoll_ctl") && worked)
        wait_control(t, line, e->pid);
    if (slice_is(line->name, "close") && worked) {
        tracker_close(t, e->pid, fd, end);
        wait_closed(t, e->pid, fd);
    }
}
