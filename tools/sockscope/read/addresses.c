/**
 * @file
 * Captures without programs. Where each of them tells the addresses of its host, hosts stand for themselves; else each
 * address stands for the machine that has it.
 */
#include "packets.h"

#include <stdlib.h>

enum { MAX_MACHINES = 12 }; ///< more columns than that nobody can read

/** The lane of an address; the first packets have the first lanes. */
static int16_t lane_of_address(struct recording *r, uint32_t number) {
    char text[ADDRESS_TEXT];
    const struct address *a = address_of(r, number);

    if (a->kind == ADDRESS_NONE)
        return LANE_NONE;
    struct slice name = slice_of(address_print_ip(a, text));
    for (size_t i = 0; i < r->lane_count; i++)
        if (slice_is(name, r->lanes[i].name))
            return (int16_t)i;
    return r->lane_count < MAX_MACHINES ? recording_lane(r, name) : LANE_NONE;
}

static void own_by_address(struct recording *r) {
    for (size_t i = 0; i < r->event_count; i++) {
        struct event *e = &r->events[i];
        if (e->kind != EVENT_PACKET)
            continue;
        e->packet.from_lane = lane_of_address(r, e->packet.src);
        e->packet.to_lane = lane_of_address(r, e->packet.dst);
    }
}

static bool hosts_are_known(const struct recording *r) {
    for (size_t i = 0; i < r->host_count; i++)
        if (r->hosts[i].address_count == 0)
            return false;
    return r->host_count > 1;
}

/** Marks the hosts that sent a packet or got one: the others need no lane. */
static bool *talking_hosts(const struct recording *r) {
    bool *talks = calloc(r->host_count, sizeof *talks);

    if (!talks)
        die(FAILED, "out of memory");
    for (size_t i = 0; i < r->event_count; i++) {
        const struct packet *p = &r->events[i].packet;
        if (r->events[i].kind != EVENT_PACKET)
            continue;
        if (p->from_host >= 0)
            talks[p->from_host] = true;
        if (p->to_host >= 0)
            talks[p->to_host] = true;
        for (size_t k = p->receivers; k < r->receiver_count && r->receivers[k] != LANE_NONE; k++)
            talks[r->receivers[k]] = true;
    }
    return talks;
}

static void own_by_host(struct recording *r) {
    bool *talks = talking_hosts(r);
    int16_t *lanes = calloc(r->host_count, sizeof *lanes);

    if (!lanes)
        die(FAILED, "out of memory");
    for (size_t i = 0; i < r->host_count; i++) {
        if (!talks[i])
            continue;
        lanes[i] = recording_lane(r, slice_of(r->hosts[i].name));
        r->lanes[lanes[i]].host = (int16_t)i;
    }
    for (size_t i = 0; i < r->event_count; i++) {
        struct packet *p = &r->events[i].packet;
        if (r->events[i].kind != EVENT_PACKET)
            continue;
        p->from_lane = p->from_host >= 0 ? lanes[p->from_host] : LANE_NONE;
        p->to_lane = p->to_host >= 0 ? lanes[p->to_host] : LANE_NONE;
    }
    for (size_t i = 0; i < r->receiver_count; i++)
        if (r->receivers[i] != LANE_NONE)
            r->receivers[i] = lanes[r->receivers[i]];
    free(lanes);
    free(talks);
}

void packets_own_without_calls(struct recording *r) {
    if (hosts_are_known(r))
        own_by_host(r);
    else
        own_by_address(r);
}
