/**
 * @file
 * Reading pcapng: our own files, and those of other tools as far as they hold whole packets with times.
 */
#include "pcapng_read.h"

#include "../base/pcapng.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_INTERFACES = 4096 };

/** Seconds since 1970, as in strace's output: sums of times stay in 64 bits. */
static const int64_t LATEST = 4000000000;

/** An interface as its block describes it. */
struct interface {
    uint16_t link;
    uint64_t ticks; ///< per second
    int64_t offset; ///< seconds to add
};

/** The reading of one file. */
struct reader {
    const struct pcapng_visitor *visitor;
    struct interface *interfaces;
    size_t count;
    size_t capacity;
    size_t packets;
    size_t timeless; ///< packets without a time
    bool swapped;    ///< written on a machine of the other byte order
};

static uint16_t u16(const struct reader *r, struct slice s, size_t at) {
    uint16_t value = 0;
    if (at + sizeof value <= s.size)
        memcpy(&value, s.at + at, sizeof value);
    return r->swapped ? __builtin_bswap16(value) : value;
}

static uint32_t u32(const struct reader *r, struct slice s, size_t at) {
    uint32_t value = 0;
    if (at + sizeof value <= s.size)
        memcpy(&value, s.at + at, sizeof value);
    return r->swapped ? __builtin_bswap32(value) : value;
}

/** Eight bytes as one number. */
static uint64_t u64(const struct reader *r, struct slice s, size_t at) {
    uint64_t low = u32(r, s, at + (r->swapped ? 4 : 0));
    uint64_t high = u32(r, s, at + (r->swapped ? 0 : 4));
    return high << 32 | low;
}

/** Takes the next option from the front. @return false at the end of the options */
static bool next_option(const struct reader *r, struct slice *options, uint16_t *code, struct slice *value) {
    if (options->size < 4)
        return false;
    uint16_t size = u16(r, *options, 2);
    *code = u16(r, *options, 0);
    if (*code == 0 || 4u + size > options->size)
        return false;
    *value = (struct slice){options->at + 4, size};
    *options = slice_skip(*options, 4 + ((size_t)size + 3) / 4 * 4);
    return true;
}

static void read_section(struct reader *r, struct slice body) {
    struct slice options = slice_skip(body, 16);
    struct slice value;
    uint16_t code = 0;

    r->count = 0;
    while (next_option(r, &options, &code, &value))
        if (code == OPTION_COMMENT && r->visitor->section)
            r->visitor->section(r->visitor->user, value);
}

/** 6 means a million ticks a second; with the highest bit it is a power of two. */
static uint64_t ticks_per_second(uint8_t resolution) {
    uint64_t ticks = 1;

    if (resolution & 0x80)
        return (resolution & 0x7f) < 63 ? 1ull << (resolution & 0x7f) : 0;
    for (uint8_t i = 0; i < resolution; i++) {
        if (ticks > UINT64_MAX / 10)
            return 0;
        ticks *= 10;
    }
    return ticks;
}

static void read_interface(struct reader *r, struct slice body) {
    struct interface new = {.link = u16(r, body, 0), .ticks = 1000000};
    struct slice options = slice_skip(body, 8);
    struct slice value;
    uint16_t code = 0;

    while (next_option(r, &options, &code, &value)) {
        if (code == OPTION_RESOLUTION && value.size >= 1)
            new.ticks = ticks_per_second((uint8_t)value.at[0]);
        if (code == OPTION_TIME_OFFSET && value.size >= 8)
            new.offset = (int64_t)u64(r, value, 0);
        if ((code == OPTION_IPV4 || code == OPTION_IPV6) && r->visitor->address)
            r->visitor->address(r->visitor->user, code, value);
    }
    if (r->count >= MAX_INTERFACES)
        return;
    r->interfaces = grow(r->interfaces, r->count, &r->capacity, sizeof *r->interfaces);
    r->interfaces[r->count++] = new;
}

static int64_t to_nanoseconds(uint64_t ticks, uint64_t per_second, int64_t offset) {
    if (per_second == 0)
        return 0;
    uint64_t seconds = ticks / per_second;
    uint64_t rest = ticks % per_second;
    if (seconds < (uint64_t)LATEST && offset > -LATEST && offset < LATEST && (int64_t)seconds + offset >= 0)
        seconds = (uint64_t)((int64_t)seconds + offset);
    if (seconds >= (uint64_t)LATEST)
        return 0;
    // A finer clock than fits is read to the nanosecond.
    for (; per_second > UINT64_MAX / 1000000000; per_second /= 2)
        rest /= 2;
    return (int64_t)(seconds * 1000000000 + rest * 1000000000 / per_second);
}

/** Hands a packet on. Old and enhanced packet blocks differ only in how they tell the interface. */
static bool read_packet(struct reader *r, struct slice body, uint32_t number) {
    uint64_t ticks = (uint64_t)u32(r, body, 4) << 32 | u32(r, body, 8);
    uint32_t captured = u32(r, body, 12);
    struct slice bytes = slice_skip(body, 20);

    if (body.size < 20 || number >= r->count || captured > bytes.size)
        return false;
    const struct interface *on = &r->interfaces[number];
    bytes.size = captured;
    r->packets++;
    if (r->visitor->packet)
        r->visitor->packet(r->visitor->user, on->link, to_nanoseconds(ticks, on->ticks, on->offset), bytes,
                           u32(r, body, 16));
    return true;
}

static void read_statistics(struct reader *r, struct slice body) {
    struct slice options = slice_skip(body, 12);
    struct slice value;
    uint16_t code = 0;

    while (next_option(r, &options, &code, &value)) {
        if (code != OPTION_DROPPED || value.size < 8)
            continue;
        if (r->visitor->lost)
            r->visitor->lost(r->visitor->user, u64(r, value, 0));
    }
}

/** The byte order of a section, from its magic number. @return false when there is none */
static bool read_order(struct reader *r, struct slice content) {
    uint32_t magic = 0;

    if (content.size < 12)
        return false;
    memcpy(&magic, content.at + 8, sizeof magic);
    r->swapped = magic == __builtin_bswap32((uint32_t)PCAPNG_MAGIC);
    return r->swapped || magic == PCAPNG_MAGIC;
}

static bool read_block(struct reader *r, uint32_t type, struct slice body) {
    switch (type) {
    case PCAPNG_SECTION:
        read_section(r, body);
        return true;
    case PCAPNG_INTERFACE:
        read_interface(r, body);
        return true;
    case PCAPNG_PACKET:
        return read_packet(r, body, u32(r, body, 0));
    case PCAPNG_OLD_PACKET:
        return read_packet(r, body, u16(r, body, 0));
    case PCAPNG_SIMPLE_PACKET:
        r->timeless++;
        return true;
    case PCAPNG_STATISTICS:
        read_statistics(r, body);
        return true;
    default:
        return true; // name resolution, custom blocks: not for a timeline
    }
}

size_t pcapng_read(struct slice content, const struct pcapng_visitor *visitor, const char **trouble) {
    struct reader r = {.visitor = visitor};

    *trouble = NULL;
    if (content.size < 12 || u32(&r, content, 0) != PCAPNG_SECTION) {
        *trouble = content.size ? "it is neither a pcapng nor a pcap file" : "it is empty";
        return 0;
    }
    while (content.size > 0 && !*trouble) {
        if (u32(&r, content, 0) == PCAPNG_SECTION && !read_order(&r, content)) {
            *trouble = "a section has no byte order";
            break;
        }
        uint32_t type = u32(&r, content, 0);
        uint32_t length = u32(&r, content, 4);
        if (content.size < 12 || length > content.size)
            *trouble = "it was cut";
        else if (length < 12 || length % 4)
            *trouble = "a block has an impossible length";
        else if (!read_block(&r, type, (struct slice){content.at + 8, length - 12}))
            *trouble = "a packet does not fit into its block";
        else
            content = slice_skip(content, length);
    }
    if (!*trouble && r.timeless > 0)
        *trouble = "it has packets without a time (simple packet blocks), which have no place in a ladder";
    free(r.interfaces);
    return r.packets;
}
