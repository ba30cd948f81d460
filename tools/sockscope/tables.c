/**
 * @file
 * Texts, addresses and bytes that a recording keeps, each text and address once.
 */
#include "recording.h"

#include <stdlib.h>
#include <string.h>

enum { ARENA_BLOCK = 1 << 20 };

const char *keep_bytes(struct recording *r, const void *bytes, size_t size) {
    struct arena *a = &r->arena;

    if (a->count == 0 || a->block_size - a->used < size + 1) {
        size_t block = size + 1 > ARENA_BLOCK ? size + 1 : ARENA_BLOCK;
        a->blocks = grow(a->blocks, a->count, &a->room, sizeof *a->blocks);
        a->blocks[a->count] = malloc(block);
        if (!a->blocks[a->count])
            die(1, "out of memory");
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
        t->texts = grow(t->texts, t->count, &t->room, sizeof *t->texts);
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
    t->texts = grow(t->texts, t->count, &t->room, sizeof *t->texts);
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
        die(1, "out of memory");
    for (uint32_t i = 0; i < t->count; i++)
        insert_slot(t, i);
}

uint32_t address_number(struct recording *r, const struct address *a) {
    struct address_table *t = &r->addresses;

    if (t->count == 0) {
        t->addresses = grow(t->addresses, t->count, &t->room, sizeof *t->addresses);
        t->addresses[t->count++] = (struct address){0};
    }
    if (t->count * 2 >= t->slot_count)
        rehash(t);
    size_t at = address_hash(a) % t->slot_count;
    for (; t->slots[at] != 0; at = (at + 1) % t->slot_count)
        if (memcmp(&t->addresses[t->slots[at] - 1], a, sizeof *a) == 0)
            return t->slots[at] - 1;
    t->addresses = grow(t->addresses, t->count, &t->room, sizeof *t->addresses);
    t->addresses[t->count] = *a;
    insert_slot(t, (uint32_t)t->count);
    return (uint32_t)t->count++;
}

const struct address *address_of(const struct recording *r, uint32_t number) {
    static const struct address none;
    return number < r->addresses.count ? &r->addresses.addresses[number] : &none;
}
