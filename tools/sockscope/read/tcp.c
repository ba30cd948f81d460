/**
 * @file
 * What TCP's packets tell of the calls around them.
 */
#include "tcp.h"

#include "learned.h"

#include <string.h>

void tcp_settle_calls(struct recording *r, size_t at) {
    const struct event *packet = &r->events[at];
    const struct packet *p = &packet->packet;
    bool shakes = (p->flags & (TCP_SYN | TCP_ACK | TCP_FIN)) == TCP_ACK && p->length == 0;
    bool resets = p->flags & TCP_RST;
    bool ends = p->flags & TCP_FIN;
    int16_t lane = resets ? p->to_lane : p->from_lane;
    size_t first = at > LOOK_BACK ? at - LOOK_BACK : 0;

    if (!shakes && !resets && !ends)
        return;
    for (size_t i = at; i-- > first;) {
        struct event *e = &r->events[i];
        if (e->kind != EVENT_CALL || e->lane != lane || e->call.late == 0 || call_end(e) < packet->time)
            continue;
        if (!ends && strcmp(text_of(r, e->call.name), "connect") != 0)
            continue;
        int64_t measured = e->time + e->call.duration;
        int64_t over = packet->time + (ends ? -1 : 1);
        e->call.late = over > measured ? (uint32_t)(over - measured) : 0;
    }
}

void tcp_refused(struct recording *r, size_t at) {
    struct packet *reset = &r->events[at].packet;
    size_t first = at > LOOK_BACK ? at - LOOK_BACK : 0;

    reset->from_lane = LANE_NOBODY;
    for (size_t i = at; i-- > first;) {
        struct event *e = &r->events[i];
        if (e->kind != EVENT_PACKET || e->packet.src != reset->dst || e->packet.dst != reset->src)
            continue;
        if (e->packet.to_lane == LANE_NONE)
            e->packet.to_lane = LANE_NOBODY;
        return;
    }
}
