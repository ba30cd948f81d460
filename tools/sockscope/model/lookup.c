/**
 * @file
 * Finding the socket that an address belonged to at a time, as the kernel would have found it.
 */
#include "lookup.h"

#include <stdlib.h>
#include <string.h>

enum { PORTS = 65536 };

static void index_endpoint(struct index *x, uint32_t number) {
    const struct endpoint *e = &x->r->endpoints[number];
    uint16_t port = address_of(x->r, e->local)->port;

    if (port == 0 && e->peer != 0) {
        x->portless = grow(x->portless, x->portless_count, &x->portless_capacity, sizeof *x->portless);
        x->portless[x->portless_count++] = number;
    }
    x->next[number] = x->first[port];
    x->first[port] = number;
}

void index_endpoints(struct index *x) {
    size_t count = x->r->endpoint_count;

    x->first = malloc(PORTS * sizeof *x->first);
    x->next = malloc((count + 1) * sizeof *x->next);
    if (!x->first || !x->next)
        die(FAILED, "out of memory");
    memset(x->first, 0xff, PORTS * sizeof *x->first);
    for (uint32_t i = 0; i < count; i++)
        index_endpoint(x, i);
}

bool socket_on_host(const struct recording *r, const struct socket *s, int16_t host) {
    int16_t own = r->lanes[s->lane].host;
    return own < 0 || host < 0 || own == host;
}

bool socket_carries(const struct recording *r, const struct socket *s, uint8_t proto) {
    return strcmp(text_of(r, s->type), proto == PROTO_TCP ? "TCP" : "UDP") == 0;
}

int endpoint_fit(const struct recording *r, const struct endpoint *e, const struct address *local,
                 const struct address *peer) {
    struct address own = address_unmapped(*address_of(r, e->local));
    struct address other = address_unmapped(*address_of(r, e->peer));
    int score = 1;

    if (own.port != local->port)
        return 0;
    if (!address_is_any(&own)) {
        // A socket that is bound to an address of this host does not receive broadcasts.
        if (!address_same_ip(&own, local))
            return 0;
        score += 2;
    }
    if (other.kind != ADDRESS_NONE) {
        if (!address_same_ip(&other, peer) || (other.port != 0 && other.port != peer->port))
            return 0;
        score += 4;
    }
    return score;
}

bool endpoint_alive(const struct endpoint *e, int64_t time) {
    return e->begin <= time && time < e->end;
}

uint32_t endpoint_owner(const struct index *x, int16_t host, const struct address *local, const struct address *peer,
                        uint8_t proto, int64_t time) {
    struct recording *r = x->r;
    uint32_t best = NO_INDEX;
    int best_fit = 0;

    if (!local->has_port || local->port == 0)
        return NO_INDEX;
    for (uint32_t i = x->first[local->port]; i != NO_INDEX; i = x->next[i]) {
        const struct endpoint *e = &r->endpoints[i];
        const struct socket *s = &r->sockets[e->socket];
        if (!endpoint_alive(e, time) || !socket_carries(r, s, proto) || !socket_on_host(r, s, host))
            continue;
        int score = endpoint_fit(r, e, local, peer);
        if (score > best_fit) {
            best = i;
            best_fit = score;
        }
    }
    return best;
}

bool endpoint_has_rival(const struct index *x, uint32_t found, int16_t host, const struct address *local,
                        const struct address *peer, int64_t time) {
    const struct recording *r = x->r;
    const struct socket *own = &r->sockets[r->endpoints[found].socket];
    int score = endpoint_fit(r, &r->endpoints[found], local, peer);

    for (uint32_t i = x->first[local->port]; i != NO_INDEX; i = x->next[i]) {
        const struct endpoint *e = &r->endpoints[i];
        const struct socket *s = &r->sockets[e->socket];
        if (s->lane != own->lane && s->type == own->type && endpoint_alive(e, time) && socket_on_host(r, s, host) &&
            endpoint_fit(r, e, local, peer) == score)
            return true;
    }
    return false;
}

uint32_t endpoint_sender(const struct index *x, int16_t host, const struct address *src, const struct address *dst,
                         uint8_t proto, int64_t time) {
    uint32_t found = endpoint_owner(x, host, src, dst, proto, time);
    const struct recording *r = x->r;

    if (found != NO_INDEX || !src->has_port || src->port == 0)
        return found;
    for (uint32_t i = x->first[src->port]; i != NO_INDEX; i = x->next[i]) {
        const struct endpoint *e = &r->endpoints[i];
        struct address own = address_unmapped(*address_of(r, e->local));
        if (endpoint_alive(e, time) && socket_carries(r, &r->sockets[e->socket], proto) &&
            socket_on_host(r, &r->sockets[e->socket], host) && own.port == src->port &&
            (address_is_any(&own) || address_same_ip(&own, src)))
            return i;
    }
    return NO_INDEX;
}
