/**
 * @file
 * Captures without programs: each address stands for the machine that has it.
 */
#include "packets.h"

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

void packets_own_by_address(struct recording *r) {
    for (size_t i = 0; i < r->event_count; i++) {
        struct event *e = &r->events[i];
        if (e->kind != EVENT_PACKET)
            continue;
        e->packet.from_lane = lane_of_address(r, e->packet.src);
        e->packet.to_lane = lane_of_address(r, e->packet.dst);
    }
}
