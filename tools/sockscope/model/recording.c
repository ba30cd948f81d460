/**
 * @file
 * What a recording keeps: events; texts and addresses, each once; bytes.
 */
#include "recording.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { ARENA_BLOCK = 1 << 20 };

_Static_assert(sizeof(struct event) <= 100, "an event takes less than 100 bytes beyond its payload");

struct event *recording_add(struct recording *r, enum event_kind kind, int64_t time) {
    r->events = grow(r->events, r->event_count, &r->event_capacity, sizeof *r->events);
    struct event *e = &r->events[r->event_count++];
    *e = (struct event){.kind = (uint8_t)kind, .time = time, .lane = LANE_NONE};
    return e;
}

const struct socket *call_socket(const struct recording *r, const struct call *c) {
    return c->endpoint == NO_INDEX ? NULL : &r->sockets[r->endpoints[c->endpoint].socket];
}

bool is_on_network(const struct recording *r, const struct socket *s) {
    static const char *const others[] = {"UNIX", "NETLINK", "OTHER"};

    for (size_t i = 0; s && i < sizeof others / sizeof *others; i++)
        if (strncmp(text_of(r, s->type), others[i], strlen(others[i])) == 0)
            return false; // strace's words are UNIX-STREAM, UNIX-DGRAM, ...
    return s != NULL;
}

const struct message *call_message(const struct recording *r, const struct call *c, size_t index) {
    return index < c->message_count ? &r->messages[c->more + index] : NULL;
}

bool call_has_flag(const struct recording *r, const struct call *c, const char *flag) {
    struct slice flags = slice_of(text_of(r, c->flags));

    while (flags.size > 0) {
        size_t length = slice_find(flags, "|");
        if (slice_is((struct slice){flags.at, length}, flag))
            return true;
        flags = slice_skip(flags, length + 1);
    }
    return false;
}

const char *call_action(const struct recording *r, const struct call *c) {
    static const struct {
        const char *name, *action;
        bool of_sockets;
    } actions[] = {{"sendto", "send", false},   {"sendmsg", "send", false}, {"sendmmsg", "send", false},
                   {"recvfrom", "recv", false}, {"recvmsg", "recv", false}, {"recvmmsg", "recv", false},
                   {"write", "send", true},     {"writev", "send", true},   {"read", "recv", true},
                   {"readv", "recv", true}};
    const char *name = text_of(r, c->name);

    if (!c->is_out && call_has_flag(r, c, "MSG_ERRQUEUE"))
        return "recv-error";
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
        if (strcmp(name, actions[i].name) == 0 && (!actions[i].of_sockets || call_socket(r, c)))
            return actions[i].action;
    return name;
}

struct event quoted_datagram(const struct recording *r, const struct packet *icmp) {
    const struct datagram *d = &r->quotes[icmp->about];
    return (struct event){.kind = EVENT_PACKET,
                          .lane = LANE_NONE,
                          .payload = d->payload,
                          .payload_size = d->payload_size,
                          .packet = d->packet};
}

int64_t call_end(const struct event *e) {
    if (!e->call.finished)
        return INT64_MAX;
    return e->time + (e->call.duration > 0 ? e->call.duration : 0) + e->call.late;
}

const char *keep_bytes(struct recording *r, const void *bytes, size_t size) {
    struct arena *a = &r->arena;

    if (a->count == 0 || a->block_size - a->used < size + 1) {
        size_t block = size + 1 > ARENA_BLOCK ? size + 1 : ARENA_BLOCK;
        a->blocks = grow(a->blocks, a->count, &a->capacity, sizeof *a->blocks);
        a->blocks[a->count] = malloc(block);
        if (!a->blocks[a->count])
            die(FAILED, "out of memory");
        a->count++;
        a->used = 0;
        a->block_size = block;
    }
    char *copy = a->blocks[a->count - 1] + a->used;
    if (size)
        memcpy(copy, bytes, size);
    copy[size] = '\0';
    a->used += size + 1;
    return copy;
}

uint32_t text_number(struct recording *r, struct slice text) {
    struct text_table *t = &r->texts;

    if (t->count == 0) { // number 0 stands for "none"
        t->texts = grow(t->texts, t->count, &t->capacity, sizeof *t->texts);
        t->texts[t->count++] = slice_of("");
    }
    if (text.size == 0)
        return 0;
    // Names of calls and errors are few: a short table, searched from its front, beats a clever one.
    for (size_t i = 1; i < t->count; i++)
        if (t->texts[i].size == text.size && memcmp(t->texts[i].at, text.at, text.size) == 0)
            return (uint32_t)i;
    if (t->count >= UINT16_MAX)
        return 0;
    t->texts = grow(t->texts, t->count, &t->capacity, sizeof *t->texts);
    t->texts[t->count] = (struct slice){keep_bytes(r, text.at, text.size), text.size};
    return (uint32_t)t->count++;
}

const char *text_of(const struct recording *r, uint32_t number) {
    return number < r->texts.count ? r->texts.texts[number].at : "";
}

static size_t address_hash(const struct address *a) {
    uint64_t hash = 1469598103934665603u;
    const unsigned char *bytes = (const unsigned char *)a;

    for (size_t i = 0; i < sizeof *a; i++)
        hash = (hash ^ bytes[i]) * 1099511628211u;
    return (size_t)(hash ^ hash >> 32);
}

static void insert_slot(struct address_table *t, uint32_t number) {
    size_t at = address_hash(&t->addresses[number]) % t->slot_count;
    while (t->slots[at] != 0)
        at = (at + 1) % t->slot_count;
    t->slots[at] = number + 1;
}

static void rehash(struct address_table *t) {
    t->slot_count = t->slot_count ? t->slot_count * 2 : 64;
    free(t->slots);
    t->slots = calloc(t->slot_count, sizeof *t->slots);
    if (!t->slots)
        die(FAILED, "out of memory");
    for (uint32_t i = 0; i < t->count; i++)
        insert_slot(t, i);
}

uint32_t address_number(struct recording *r, const struct address *a) {
    struct address_table *t = &r->addresses;

    if (t->count == 0) {
        t->addresses = grow(t->addresses, t->count, &t->capacity, sizeof *t->addresses);
        t->addresses[t->count++] = (struct address){0};
    }
    if (t->count * 2 >= t->slot_count)
        rehash(t);
    size_t at = address_hash(a) % t->slot_count;
    for (; t->slots[at] != 0; at = (at + 1) % t->slot_count)
        if (memcmp(&t->addresses[t->slots[at] - 1], a, sizeof *a) == 0)
            return t->slots[at] - 1;
    t->addresses = grow(t->addresses, t->count, &t->capacity, sizeof *t->addresses);
    t->addresses[t->count] = *a;
    insert_slot(t, (uint32_t)t->count);
    return (uint32_t)t->count++;
}

const struct address *address_of(const struct recording *r, uint32_t number) {
    static const struct address none;
    return number < r->addresses.count ? &r->addresses.addresses[number] : &none;
}

void recording_forget_files(const struct recording *r) {
    for (size_t i = 0; i < r->file_count; i++)
        (void)madvise(r->files[i].at, r->files[i].size, MADV_DONTNEED); // only memory is at stake
}

void recording_free(struct recording *r) {
    for (size_t i = 0; i < r->host_count; i++) {
        free(r->hosts[i].addresses);
        free(r->hosts[i].prefixes);
    }
    for (size_t i = 0; i < r->file_count; i++)
        munmap(r->files[i].at, r->files[i].size);
    for (size_t i = 0; i < r->arena.count; i++)
        free(r->arena.blocks[i]);
    free(r->events);
    free(r->lanes);
    free(r->hosts);
    free(r->sockets);
    free(r->endpoints);
    free(r->quotes);
    free(r->messages);
    free(r->waits);
    free(r->watched);
    free(r->receivers);
    free(r->texts.texts);
    free(r->addresses.addresses);
    free(r->addresses.slots);
    free(r->arena.blocks);
    free(r->files);
}
