/**
 * @file
 * The columns of the ladder: which programs stand where, and who else needs a place.
 */
#include "parts.h"

#include <string.h>

static uint32_t keep_text(struct ladder *l, const char *text) {
    struct buffer b = {0};
    buffer_text(&b, text);
    return ladder_keep(l, &b);
}

int16_t ladder_column(const struct ladder *l, int16_t lane) {
    for (size_t i = 0; i < l->column_count; i++)
        if (l->columns[i].lane == lane)
            return (int16_t)i;
    return -1;
}

bool ladder_shows_packet(const struct ladder *l, const struct event *e) {
    const struct packet *p = &e->packet;

    return p->from_lane >= 0 || p->to_lane >= 0 || l->options.all;
}

static void add_column(struct ladder *l, int16_t lane, const char *title, const char *subtitle) {
    l->columns = grow(l->columns, l->column_count, &l->column_capacity, sizeof *l->columns);
    uint32_t first = keep_text(l, title);
    uint32_t second = keep_text(l, subtitle);
    l->columns[l->column_count++] = (struct column){lane, first, second};
}

/** Under a lane's name: its host when there are several, else its program. */
static void add_lane(struct ladder *l, int16_t lane) {
    const struct recording *r = l->r;
    const struct host *h = r->lanes[lane].host >= 0 ? &r->hosts[r->lanes[lane].host] : NULL;
    char ip[ADDRESS_TEXT] = "";
    struct buffer subtitle = {0};

    buffer_text(&subtitle, "");
    if (r->host_count > 1 && h) {
        for (size_t i = 0; i < h->address_count && !*ip; i++)
            if (h->addresses[i].kind == ADDRESS_IPV4 && !address_is_loopback(&h->addresses[i]))
                address_print_ip(&h->addresses[i], ip);
        bool stands_for_itself = strcmp(h->name, r->lanes[lane].name) == 0;
        buffer_format(&subtitle, "%s%s%s", stands_for_itself ? "" : h->name, *ip && !stands_for_itself ? " " : "", ip);
    } else {
        for (size_t i = 0; i < r->event_count && subtitle.size == 0; i++) {
            const struct event *e = &r->events[i];
            if (e->kind != EVENT_START || e->lane != lane)
                continue;
            const char *slash = memrchr(e->payload, '/', e->payload_size);
            const char *name = slash ? slash + 1 : e->payload;
            if (strcmp(name, r->lanes[lane].name) != 0)
                buffer_text(&subtitle, name);
        }
    }
    add_column(l, lane, r->lanes[lane].name, subtitle.at);
    buffer_free(&subtitle);
}

static bool add_named_lanes(struct ladder *l) {
    struct slice rest = slice_of(l->options.lanes);

    while (rest.size > 0) {
        struct slice name = {rest.at, slice_find(rest, ",")};
        int16_t lane = -1;
        for (size_t i = 0; i < l->r->lane_count; i++)
            if (slice_is(name, l->r->lanes[i].name))
                lane = (int16_t)i;
        if (lane < 0) {
            complain("there is no lane '%.*s' in this recording", (int)name.size, name.at);
            return false;
        }
        if (ladder_column(l, lane) < 0)
            add_lane(l, lane);
        rest = slice_skip(rest, name.size + 1);
    }
    return true;
}

bool ladder_add_columns(struct ladder *l) {
    const struct recording *r = l->r;
    bool nobody = false;
    bool elsewhere = false;

    if (l->options.lanes && !add_named_lanes(l))
        return false;
    for (int serves = 0; serves < 2 && !l->options.lanes; serves++)
        for (size_t i = 0; i < r->lane_count; i++)
            if (r->lanes[i].serves == (serves == 1))
                add_lane(l, (int16_t)i);
    for (size_t i = 0; i < r->event_count; i++) {
        const struct packet *p = &r->events[i].packet;
        if (r->events[i].kind != EVENT_PACKET || !ladder_shows_packet(l, &r->events[i]))
            continue;
        bool from = p->from_lane >= 0 && ladder_column(l, p->from_lane) >= 0;
        bool to = p->to_lane >= 0 && ladder_column(l, p->to_lane) >= 0;
        nobody = nobody || (from && p->to_lane == LANE_NOBODY) || (to && p->from_lane == LANE_NOBODY);
        elsewhere = elsewhere || (from && p->to_lane == LANE_NONE) || (to && p->from_lane == LANE_NONE) ||
                    (l->options.all && p->from_lane == LANE_NONE && p->to_lane == LANE_NONE);
    }
    if (elsewhere)
        add_column(l, LANE_NONE, "others", "not recorded");
    if (nobody)
        add_column(l, LANE_NOBODY, "nobody", "no socket");
    return true;
}
