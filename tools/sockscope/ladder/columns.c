/**
 * @file
 * The columns of the ladder: which programs stand where, and who else needs a place.
 */
#include "parts.h"

#include <stdlib.h>
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

/** `alice 10.0.1.1`: a host, unless it stands for itself, and the first of its addresses on a network. */
static void put_host(struct buffer *out, const struct host *h, const char *lane) {
    char ip[ADDRESS_TEXT] = "";

    for (size_t i = 0; i < h->address_count && !*ip; i++)
        if (h->addresses[i].kind == ADDRESS_IPV4 && !address_is_loopback(&h->addresses[i]))
            address_print_ip(&h->addresses[i], ip);
    if (strcmp(h->name, lane) != 0)
        buffer_format(out, "%s%s", h->name, *ip ? " " : "");
    buffer_text(out, ip);
}

/** `nc`, and also `nc/2`. */
static bool is_named_after(const char *name, const char *program) {
    size_t length = strlen(program);

    return strncmp(name, program, length) == 0 && (name[length] == '\0' || name[length] == '/');
}

/** Under a lane's name: its host when there are several, else whose child it is, or its program. */
static void add_lane(struct ladder *l, int16_t number) {
    const struct recording *r = l->r;
    const struct lane *lane = &r->lanes[number];
    struct buffer subtitle = {0};

    buffer_text(&subtitle, "");
    if (lane->is_kernel)
        buffer_text(&subtitle, "its kernel");
    else if (r->host_count > 1 && lane->host >= 0)
        put_host(&subtitle, &r->hosts[lane->host], lane->name);
    else if (lane->parent >= 0)
        buffer_format(&subtitle, "child of %s", r->lanes[lane->parent].name);
    else if (!is_named_after(lane->name, text_of(r, lane->runs)))
        buffer_text(&subtitle, text_of(r, lane->runs));
    add_column(l, number, lane->name, subtitle.at);
    buffer_free(&subtitle);
}

/** A lane stands on the side of the program that it comes from. */
static bool serves(const struct recording *r, int16_t lane) {
    while (r->lanes[lane].parent >= 0)
        lane = r->lanes[lane].parent;
    return r->lanes[lane].serves;
}

/** Adds the lanes of a name that have no column yet. @return false when there is none */
static bool add_named(struct ladder *l, struct slice name) {
    char *text = strndup(name.at, name.size);
    bool found = false;

    if (!text)
        die(FAILED, "out of memory");
    for (int16_t i = 0; (size_t)i < l->r->lane_count; i++) {
        if (!lane_is_named(l->r, i, text))
            continue;
        found = true;
        if (ladder_column(l, i) < 0)
            add_lane(l, i);
    }
    free(text);
    return found;
}

static bool add_named_lanes(struct ladder *l) {
    struct slice rest = slice_of(l->options.lanes);

    while (rest.size > 0) {
        struct slice name = {rest.at, slice_find(rest, ",")};
        if (!add_named(l, name)) {
            complain("there is no lane '%.*s' in this recording", (int)name.size, name.at);
            return false;
        }
        rest = slice_skip(rest, name.size + 1);
    }
    return true;
}

/** Columns that are not programs, and whether something is drawn from or to them. */
struct strangers {
    int16_t lane;
    const char *title, *subtitle;
    bool needed;
};

/** Whether a packet goes from or to a column's lane, or is one of those that --all adds, from and to nobody known. */
static bool needs(const struct ladder *l, const struct packet *p, int16_t lane) {
    bool from = p->from_lane >= 0 && ladder_column(l, p->from_lane) >= 0;
    bool to = p->to_lane >= 0 && ladder_column(l, p->to_lane) >= 0;

    if (from || to)
        return (from && p->to_lane == lane) || (to && p->from_lane == lane);
    return l->options.all && p->from_lane < 0 && p->to_lane < 0 && (p->from_lane == lane || p->to_lane == lane);
}

bool ladder_add_columns(struct ladder *l) {
    const struct recording *r = l->r;
    struct strangers strangers[] = {{LANE_NONE, "others", "not recorded", false},
                                    {LANE_KERNEL, "kernel", "no program", false},
                                    {LANE_NOBODY, "nobody", "no socket", false}};
    enum { COUNT = sizeof strangers / sizeof *strangers };

    if (l->options.lanes && !add_named_lanes(l))
        return false;
    for (int side = 0; side < 2 && !l->options.lanes; side++)
        for (size_t i = 0; i < r->lane_count; i++)
            if (serves(r, (int16_t)i) == (side == 1))
                add_lane(l, (int16_t)i);
    for (size_t i = 0; i < r->event_count; i++)
        for (size_t k = 0; k < COUNT && r->events[i].kind == EVENT_PACKET; k++)
            strangers[k].needed = strangers[k].needed || needs(l, &r->events[i].packet, strangers[k].lane);
    for (size_t k = 0; k < COUNT; k++)
        if (strangers[k].needed)
            add_column(l, strangers[k].lane, strangers[k].title, strangers[k].subtitle);
    return true;
}
