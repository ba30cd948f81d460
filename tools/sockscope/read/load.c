/**
 * @file
 * Reading a folder into a recording, and putting its events in order.
 */
#include "load.h"

#include "calls.h"
#include "packets.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/** Maps a file; it stays until the recording is freed. @return false after a complaint */
static bool map_file(struct recording *r, const char *path, struct slice *content) {
    struct stat about;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    *content = (struct slice){"", 0};
    if (fd < 0 || fstat(fd, &about) < 0 || !S_ISREG(about.st_mode)) {
        complain("cannot read '%s': %s", path, fd < 0 ? strerror(errno) : "not a regular file");
        r->problems++;
        if (fd >= 0)
            close(fd);
        return false;
    }
    if (about.st_size > 0) {
        char *at = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (at == MAP_FAILED) {
            complain("cannot read '%s': %s", path, strerror(errno));
            r->problems++;
            close(fd);
            return false;
        }
        r->files = grow(r->files, r->file_count, &r->file_capacity, sizeof *r->files);
        r->files[r->file_count++] = (struct mapped){at, (size_t)about.st_size};
        *content = (struct slice){at, (size_t)about.st_size};
    }
    close(fd);
    return true;
}

/** Reads what `sockscope calls` wrote before strace: "# sockscope 1 netns=4026531840". */
static void read_heading(struct recording *r, int16_t lane, struct slice content) {
    int64_t netns = 0;
    struct slice line = {content.at, slice_find(content, "\n")};
    struct slice value = slice_skip(line, slice_find(line, "netns="));

    if (!slice_starts(line, "# sockscope") || !slice_number(slice_skip(value, 6), &netns, NULL))
        return;
    r->lanes[lane].host = recording_host(r, (uint64_t)netns, slice_of(""));
}

static void load_calls(struct recording *r, struct sightings *seen, const char *path, struct slice name) {
    struct slice content;

    (void)seen;
    if (!map_file(r, path, &content))
        return;
    int16_t lane = recording_lane(r, name);
    read_heading(r, lane, content);
    calls_read(r, lane, path, content);
}

static void load_packets(struct recording *r, struct sightings *seen, const char *path, struct slice name) {
    struct slice content;

    if (map_file(r, path, &content))
        packets_read(r, seen, path, name, content);
}

static bool ends_with(struct slice name, const char *end) {
    size_t length = strlen(end);
    return name.size > length && slice_is(slice_skip(name, name.size - length), end);
}

static int by_name(const struct dirent **a, const struct dirent **b) {
    return strcmp((*a)->d_name, (*b)->d_name);
}

/** Loads every file of one kind. @return how many there were */
static int load_kind(struct recording *r, struct sightings *seen, const char *folder, const char *end,
                     void load(struct recording *, struct sightings *, const char *, struct slice)) {
    struct dirent **list = NULL;
    int count = scandir(folder, &list, NULL, by_name);
    int found = 0;

    for (int i = 0; i < count; i++) {
        struct slice name = slice_of(list[i]->d_name);
        char *path = NULL;
        if (ends_with(name, end)) {
            if (asprintf(&path, "%s/%s", folder, list[i]->d_name) < 0)
                die(FAILED, "out of memory");
            name.size -= strlen(end);
            load(r, seen, path, name);
            free(path);
            found++;
        }
        free(list[i]);
    }
    free(list);
    return found;
}

static int by_time(const void *left, const void *right) {
    const struct event *a = left;
    const struct event *b = right;
    // At the same nanosecond a call comes before the packet that it sends.
    return a->time != b->time ? (a->time < b->time ? -1 : 1) : (int)a->kind - (int)b->kind;
}

/** The next lane to stand beside a parent: the earliest that has no place yet, or -1. */
static int16_t next_lane(const struct recording *r, const int16_t *place, int16_t parent) {
    int16_t next = -1;

    for (int16_t i = 0; (size_t)i < r->lane_count; i++)
        if (place[i] < 0 && r->lanes[i].parent == parent && (next < 0 || r->lanes[i].begin < r->lanes[next].begin))
            next = i;
    return next;
}

/** Places the children of a lane, each followed by its own. */
static void place_lanes(const struct recording *r, int16_t *place, int16_t parent, int16_t *count) {
    for (int16_t lane; (lane = next_lane(r, place, parent)) >= 0;) {
        place[lane] = (*count)++;
        place_lanes(r, place, lane, count);
    }
}

/** Lanes stand in the order in which their programs began, the processes that they made beside them. */
static void order_lanes(struct recording *r) {
    size_t count = r->lane_count;
    int16_t placed = 0;
    int16_t *place = malloc((count + 1) * sizeof *place);
    struct lane *ordered = calloc(count + 1, sizeof *ordered);

    if (!place || !ordered)
        die(FAILED, "out of memory");
    memset(place, 0xff, (count + 1) * sizeof *place);
    place_lanes(r, place, LANE_NONE, &placed);
    for (size_t i = 0; i < count; i++) {
        struct lane *lane = &ordered[place[i]];
        *lane = r->lanes[i];
        lane->program = place[lane->program];
        lane->parent = lane->parent < 0 ? LANE_NONE : place[lane->parent];
    }
    for (size_t i = 0; i < r->event_count; i++)
        if (r->events[i].lane >= 0)
            r->events[i].lane = place[r->events[i].lane];
    for (size_t i = 0; i < r->socket_count; i++)
        r->sockets[i].lane = place[r->sockets[i].lane];
    free(r->lanes);
    free(place);
    r->lanes = ordered;
    r->lane_capacity = count + 1;
}

void recording_finish(struct recording *r) {
    if (r->event_count > 0)
        qsort(r->events, r->event_count, sizeof *r->events, by_time);
    if (r->lane_count > 0)
        packets_own(r);
    else
        packets_own_without_calls(r);
    packets_receive(r);
}

bool recording_load(const char *folder, struct recording *r) {
    struct stat about;

    *r = (struct recording){0};
    if (stat(folder, &about) < 0) {
        complain("cannot open recording '%s': %s", folder, strerror(errno));
        return false;
    }
    if (!S_ISDIR(about.st_mode)) {
        complain("'%s' is not a recording: a recording is a folder", folder);
        return false;
    }
    struct sightings seen = {0};
    int files = load_kind(r, &seen, folder, ".calls", load_calls);
    order_lanes(r);
    files += load_kind(r, &seen, folder, ".pcapng", load_packets);
    files += load_kind(r, &seen, folder, ".pcap", load_packets);
    packets_merge(r, &seen);
    free(seen.list);
    if (files == 0) {
        complain("nothing was recorded in '%s': it has no .calls, .pcapng or .pcap file", folder);
        return false;
    }
    recording_finish(r);
    return true;
}
