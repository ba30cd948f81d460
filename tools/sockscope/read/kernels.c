/**
 * @file
 * Packets that a host's kernel handles itself.
 */
#include "kernels.h"

#include "learned.h"
#include "packets.h"

bool host_has(const struct recording *r, int16_t host, const struct address *a) {
    for (size_t i = 0; host >= 0 && i < r->hosts[host].address_count; i++)
        if (address_same_ip(&r->hosts[host].addresses[i], a))
            return true;
    return host >= 0 && address_is_loopback(a);
}

int16_t kernel_lane(struct recording *r, int16_t host) {
    if (r->host_count < 2)
        return LANE_KERNEL;
    for (size_t i = 0; i < r->lane_count; i++)
        if (r->lanes[i].is_kernel && r->lanes[i].host == host)
            return (int16_t)i;
    int16_t lane = recording_lane(r, slice_of(""));
    r->lanes[lane].host = host;
    r->lanes[lane].is_kernel = true;
    lane_rename(r, lane, slice_of(r->hosts[host].name));
    return lane;
}

/** A host with an address on a network, for which a packet with another destination is not. */
static bool passes_on(const struct recording *r, int16_t host, const struct address *dst) {
    if (host < 0 || host_has(r, host, dst))
        return false;
    for (size_t i = 0; i < r->hosts[host].address_count; i++)
        if (r->hosts[host].addresses[i].kind == dst->kind && !address_is_loopback(&r->hosts[host].addresses[i]))
            return true;
    return false;
}

/** Tells whether a packet came to a host before it left it. */
static bool came_before(const struct recording *r, size_t at) {
    const struct event *out = &r->events[at];
    size_t first = at > LOOK_BACK ? at - LOOK_BACK : 0;

    for (size_t i = at; i-- > first;) {
        const struct event *e = &r->events[i];
        const struct packet *p = &e->packet;
        if (e->kind == EVENT_PACKET && p->to_host == out->packet.from_host && p->src == out->packet.src &&
            p->dst == out->packet.dst && p->proto == out->packet.proto)
            return true;
    }
    return false;
}

void own_forwarded(struct recording *r, size_t at) {
    struct packet p = r->events[at].packet;
    bool loops = p.from_host == p.to_host;

    if (p.proto == PROTO_ARP || address_of(r, p.dst)->kind == ADDRESS_NONE || loops ||
        is_shared(r, address_of(r, p.dst)))
        return;
    if (p.to_lane < 0 && passes_on(r, p.to_host, address_of(r, p.dst)))
        p.to_lane = kernel_lane(r, p.to_host);
    if (p.from_lane < 0 && p.from_host >= 0 && !host_has(r, p.from_host, address_of(r, p.src)) && came_before(r, at))
        p.from_lane = kernel_lane(r, p.from_host);
    r->events[at].packet = p;
}
