/**
 * @file
 * What packets tell of the sockets that sent them.
 */
#include "learned.h"

#include <string.h>

bool same_bytes(const struct event *a, const struct event *b) {
    uint32_t size = a->payload_size < b->payload_size ? a->payload_size : b->payload_size;
    return size == 0 || memcmp(a->payload, b->payload, size) == 0;
}

/** Tells whether a call was sending this packet when it passed. */
bool was_sending(const struct recording *r, const struct event *e, const struct event *packet) {
    const struct call *c = &e->call;
    const struct packet *p = &packet->packet;

    if (e->kind != EVENT_CALL || c->endpoint == NO_INDEX || e->time > packet->time)
        return false;
    if (call_end(e) < packet->time)
        return false;
    struct address to = address_unmapped(*address_of(r, c->to ? c->to : r->endpoints[c->endpoint].peer));
    if (address_is_any(&to)) // to the kernel, 0.0.0.0 means this very machine
        memcpy(to.ip, address_of(r, p->dst)->ip, sizeof to.ip);
    if (!address_same_ip(&to, address_of(r, p->dst)) || to.port != address_of(r, p->dst)->port)
        return false;
    bool connects = p->proto == PROTO_TCP && strcmp(text_of(r, c->name), "connect") == 0;
    return connects || (c->is_out && e->payload_size >= packet->payload_size && same_bytes(e, packet));
}

/** Finds the call that sent a packet and learns from it which port the kernel had chosen. */
static uint32_t learn_sender(struct index *x, size_t at) {
    struct recording *r = x->r;
    const struct event *packet = &r->events[at];
    size_t first = at > LOOK_BACK ? at - LOOK_BACK : 0;

    for (size_t i = at; i-- > first;) {
        const struct event *e = &r->events[i];
        if (!was_sending(r, e, packet) || !socket_on_host(r, call_socket(r, &e->call), packet->packet.from_host) ||
            !socket_carries(r, call_socket(r, &e->call), packet->packet.proto))
            continue;
        struct endpoint *end = &r->endpoints[e->call.endpoint];
        struct address local = *address_of(r, end->local);
        if (local.port != 0)
            continue;
        if (local.kind == ADDRESS_NONE)
            local.kind = call_socket(r, &e->call)->ipv6 ? ADDRESS_IPV6 : ADDRESS_IPV4;
        local.port = address_of(r, packet->packet.src)->port;
        local.has_port = 1;
        end->local = address_number(r, &local);
        x->next[e->call.endpoint] = x->first[local.port];
        x->first[local.port] = e->call.endpoint; // its old place, port 0, is never searched
        return e->call.endpoint;
    }
    return NO_INDEX;
}

/**
 * Finds a connected socket whose port is not known although it has sent: by calls that strace does not see, such as
 * those of io_uring. Only one that is alone can be meant.
 */
static uint32_t learn_connected(struct index *x, size_t at) {
    struct recording *r = x->r;
    const struct event *packet = &r->events[at];
    const struct packet *p = &packet->packet;
    uint32_t found = NO_INDEX;

    for (size_t i = 0; i < x->portless_count; i++) {
        const struct endpoint *e = &r->endpoints[x->portless[i]];
        const struct socket *s = &r->sockets[e->socket];
        struct address peer = address_unmapped(*address_of(r, e->peer));
        if (address_of(r, e->local)->port != 0 || !endpoint_alive(e, packet->time) ||
            !socket_on_host(r, s, p->from_host) || !socket_carries(r, s, p->proto) ||
            peer.port != address_of(r, p->dst)->port || !address_same_ip(&peer, address_of(r, p->dst)))
            continue;
        if (found != NO_INDEX)
            return NO_INDEX;
        found = x->portless[i];
    }
    if (found == NO_INDEX)
        return NO_INDEX;
    struct address local = *address_of(r, r->endpoints[found].local);
    local.port = address_of(r, p->src)->port;
    local.has_port = 1;
    r->endpoints[found].local = address_number(r, &local);
    return found;
}

uint32_t learn_port(struct index *x, size_t at) {
    uint32_t found = learn_sender(x, at);

    return found != NO_INDEX ? found : learn_connected(x, at);
}

void learn_address(struct recording *r, uint32_t endpoint, const struct address *src) {
    struct endpoint *e = &r->endpoints[endpoint];
    const struct address *local = address_of(r, e->local);

    if (e->peer != 0 && address_is_any(local) && local->kind == src->kind)
        e->local = address_number(r, src);
}

void guess_addresses(struct recording *r) {
    for (uint32_t i = 0; i < r->endpoint_count; i++) {
        struct endpoint *e = &r->endpoints[i];
        const struct address *peer = address_of(r, e->peer);
        struct address local = *address_of(r, e->local);
        int16_t host = r->lanes[r->sockets[e->socket].lane].host;
        if (e->peer == 0 || !address_is_any(&local) || peer->kind != ADDRESS_IPV4 || host < 0)
            continue;
        for (size_t k = 0; k < r->hosts[host].address_count; k++) {
            const struct address *own = &r->hosts[host].addresses[k];
            uint8_t prefix = r->hosts[host].prefixes[k];
            uint32_t mine;
            uint32_t theirs;
            memcpy(&mine, own->ip, 4);
            memcpy(&theirs, peer->ip, 4);
            uint32_t mask = prefix ? UINT32_MAX << (32 - prefix) : 0;
            if (own->kind != ADDRESS_IPV4 || ((__builtin_bswap32(mine) ^ __builtin_bswap32(theirs)) & mask))
                continue;
            memcpy(local.ip, own->ip, 4);
            e->local = address_number(r, &local);
            break;
        }
    }
}
