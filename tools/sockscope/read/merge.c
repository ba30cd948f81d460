/**
 * @file
 * One packet, seen by several hosts.
 */
#include "packets.h"

#include <stdlib.h>
#include <string.h>

void sightings_add(struct sightings *seen, uint64_t identity, uint32_t event) {
    seen->list = grow(seen->list, seen->count, &seen->capacity, sizeof *seen->list);
    seen->list[seen->count++] = (struct sighting){identity, event};
}

static int by_identity_and_time(const void *left, const void *right, void *recording) {
    const struct recording *r = recording;
    const struct sighting *a = left;
    const struct sighting *b = right;

    if (a->identity != b->identity)
        return a->identity < b->identity ? -1 : 1;
    int64_t at = r->events[a->event].time;
    int64_t bt = r->events[b->event].time;
    return at != bt ? (at < bt ? -1 : 1) : (a->event > b->event) - (a->event < b->event);
}

static bool has_receiver(const struct recording *r, const struct packet *p, int16_t host) {
    if (p->to_host == host)
        return true;
    if (p->receivers == NO_INDEX)
        return false;
    for (size_t i = p->receivers; i < r->receiver_count && r->receivers[i] != LANE_NONE; i++)
        if (r->receivers[i] == host)
            return true;
    return false;
}

static void add_receiver(struct recording *r, int16_t value) {
    r->receivers = grow(r->receivers, r->receiver_count, &r->receiver_capacity, sizeof *r->receivers);
    r->receivers[r->receiver_count++] = value;
}

/** The packet arrived at one more host. Lists end with LANE_NONE; a list that grows moves to the end. */
static void arrived(struct recording *r, struct packet *p, int16_t host) {
    if (p->to_host < 0 && p->receivers == NO_INDEX) {
        p->to_host = host;
        return;
    }
    size_t from = p->receivers;
    p->receivers = (uint32_t)r->receiver_count;
    if (from == NO_INDEX)
        add_receiver(r, p->to_host);
    else
        for (; r->receivers[from] != LANE_NONE; from++)
            add_receiver(r, r->receivers[from]);
    add_receiver(r, host);
    add_receiver(r, LANE_NONE);
}

bool is_shared(const struct recording *r, const struct address *a) {
    static const uint8_t everybody[4] = {255, 255, 255, 255};

    if (address_is_multicast(a) || (a->kind == ADDRESS_IPV4 && memcmp(a->ip, everybody, 4) == 0))
        return true;
    for (size_t h = 0; a->kind == ADDRESS_IPV4 && h < r->host_count; h++) {
        for (size_t i = 0; i < r->hosts[h].address_count; i++) {
            const struct address *own = &r->hosts[h].addresses[i];
            uint8_t prefix = r->hosts[h].prefixes[i];
            if (own->kind != ADDRESS_IPV4 || prefix == 0 || prefix > 30)
                continue;
            uint32_t mask = __builtin_bswap32(UINT32_MAX << (32 - prefix));
            uint32_t mine;
            uint32_t theirs;
            memcpy(&mine, own->ip, 4);
            memcpy(&theirs, a->ip, 4);
            if (theirs == (mine | ~mask))
                return true;
        }
    }
    return false;
}

/** A departure that no later arrival can belong to. */
static bool is_settled(const struct event *e, bool shared) {
    return e->kind != EVENT_PACKET || e->packet.from_host < 0 || (!shared && e->packet.to_host >= 0);
}

/** Joins the arrivals to the departures of one group of equal packets, each to the earliest that it fits. */
static void merge_group(struct recording *r, const struct sighting *list, size_t count) {
    size_t first = 0; // those before are settled

    for (size_t i = 0; i < count; i++) {
        struct event *in = &r->events[list[i].event];
        if (in->packet.from_host >= 0)
            continue;
        bool shared = in->packet.proto == PROTO_ARP || is_shared(r, address_of(r, in->packet.dst));
        while (first < i && is_settled(&r->events[list[first].event], shared))
            first++;
        for (size_t k = first; k < i; k++) {
            struct event *out = &r->events[list[k].event];
            if (out->kind != EVENT_PACKET || out->packet.from_host < 0 || out->packet.from_host == in->packet.to_host ||
                has_receiver(r, &out->packet, in->packet.to_host))
                continue;
            arrived(r, &out->packet, in->packet.to_host);
            in->kind = EVENT_DUPLICATE;
            break;
        }
    }
}

static void drop_merged(struct recording *r) {
    size_t kept = 0;

    for (size_t i = 0; i < r->event_count; i++)
        if (r->events[i].kind != EVENT_DUPLICATE)
            r->events[kept++] = r->events[i];
    r->event_count = kept;
}

void packets_merge(struct recording *r, struct sightings *seen) {
    if (r->host_count < 2 || seen->count == 0)
        return;
    qsort_r(seen->list, seen->count, sizeof *seen->list, by_identity_and_time, r);
    for (size_t i = 0; i < seen->count;) {
        size_t end = i + 1;
        while (end < seen->count && seen->list[end].identity == seen->list[i].identity)
            end++;
        merge_group(r, seen->list + i, end - i);
        i = end;
    }
    drop_merged(r);
}
