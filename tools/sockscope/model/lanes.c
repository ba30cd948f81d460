/**
 * @file
 * Lanes and hosts, and their names.
 */
#include "recording.h"

#include <string.h>

int16_t recording_lane(struct recording *r, struct slice name) {
    const char *file = keep_bytes(r, name.at, name.size);

    r->lanes = grow(r->lanes, r->lane_count, &r->lane_capacity, sizeof *r->lanes);
    int16_t number = (int16_t)r->lane_count++;
    r->lanes[number] = (struct lane){
        .name = file, .file = file, .begin = INT64_MAX, .program = number, .parent = LANE_NONE, .host = -1};
    return number;
}

static bool is_taken(const struct recording *r, int16_t lane, const char *name) {
    for (size_t i = 0; i < r->lane_count; i++)
        if ((int16_t)i != lane && strcmp(r->lanes[i].name, name) == 0)
            return true;
    return false;
}

void lane_rename(struct recording *r, int16_t lane, struct slice name) {
    struct buffer text = {0};

    buffer_format(&text, "%.*s", (int)name.size, name.at);
    for (int number = 2; is_taken(r, lane, text.at); number++) {
        text.size = 0;
        buffer_format(&text, "%.*s/%d", (int)name.size, name.at, number);
    }
    r->lanes[lane].name = keep_bytes(r, text.at, text.size);
    buffer_free(&text);
}

const char *lane_name(const struct recording *r, int16_t lane) {
    if (lane == LANE_NOBODY)
        return "nobody";
    if (lane == LANE_KERNEL)
        return "kernel";
    return lane >= 0 && (size_t)lane < r->lane_count ? r->lanes[lane].name : NULL;
}

bool lane_is_named(const struct recording *r, int16_t lane, const char *name) {
    const char *own = lane_name(r, lane);

    if (!own || strcmp(own, name) == 0 || lane < 0)
        return own && strcmp(own, name) == 0;
    const struct lane *l = &r->lanes[lane];
    return strcmp(l->file, name) == 0 || strcmp(r->lanes[l->program].name, name) == 0;
}

int16_t recording_host(struct recording *r, uint64_t netns, struct slice name) {
    for (size_t i = 0; i < r->host_count; i++) {
        if (netns != 0 ? r->hosts[i].netns == netns : slice_is(name, r->hosts[i].name)) {
            if (r->hosts[i].name[0] == '\0' && name.size > 0) {
                r->hosts[i].name = keep_bytes(r, name.at, name.size);
            }
            return (int16_t)i;
        }
    }
    r->hosts = grow(r->hosts, r->host_count, &r->host_capacity, sizeof *r->hosts);
    r->hosts[r->host_count] = (struct host){.name = keep_bytes(r, name.at, name.size), .netns = netns};
    return (int16_t)r->host_count++;
}
