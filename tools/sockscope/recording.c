/**
 * @file
 * Reading a folder into a recording, and putting its events in order.
 */
#include "merge.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

_Static_assert(sizeof(struct event) <= 100, "an event takes less than 100 bytes beyond its payload");

struct event *recording_add(struct recording *r, enum event_kind kind, int64_t time) {
    r->events = grow(r->events, r->event_count, &r->event_room, sizeof *r->events);
    struct event *e = &r->events[r->event_count++];
    *e = (struct event){.kind = (uint8_t)kind, .time = time, .lane = LANE_NONE};
    return e;
}

static char *copy_name(struct slice name) {
    char *copy = strndup(name.at, name.size);
    if (!copy)
        die(1, "out of memory");
    return copy;
}

int16_t recording_lane(struct recording *r, struct slice name) {
    r->lanes = grow(r->lanes, r->lane_count, &r->lane_room, sizeof *r->lanes);
    r->lanes[r->lane_count] = (struct lane){.name = copy_name(name), .begin = INT64_MAX, .host = -1};
    return (int16_t)r->lane_count++;
}

int16_t recording_host(struct recording *r, uint64_t netns, struct slice name) {
    for (size_t i = 0; i < r->host_count; i++) {
        if (netns != 0 ? r->hosts[i].netns == netns : slice_is(name, r->hosts[i].name)) {
            if (r->hosts[i].name[0] == '\0' && name.size > 0) {
                free(r->hosts[i].name);
                r->hosts[i].name = copy_name(name);
            }
            return (int16_t)i;
        }
    }
    r->hosts = grow(r->hosts, r->host_count, &r->host_room, sizeof *r->hosts);
    r->hosts[r->host_count] = (struct host){.name = copy_name(name), .netns = netns};
    return (int16_t)r->host_count++;
}

const struct socket *call_socket(const struct recording *r, const struct call *c) {
    return c->endpoint == NO_INDEX ? NULL : &r->sockets[r->endpoints[c->endpoint].socket];
}

const char *call_action(const struct recording *r, const struct call *c) {
    static const struct {
        const char *name, *action;
        bool of_sockets;
    } actions[] = {{"sendto", "send", false},   {"sendmsg", "send", false}, {"sendmmsg", "send", false},
                   {"recvfrom", "recv", false}, {"recvmsg", "recv", false}, {"recvmmsg", "recv", false},
                   {"write", "send", true},     {"writev", "send", true},   {"read", "recv", true},
                   {"readv", "recv", true}};
    const char *name = text_of(r, c->name);

    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
        if (strcmp(name, actions[i].name) == 0 && (!actions[i].of_sockets || call_socket(r, c)))
            return actions[i].action;
    return name;
}

struct event quoted_datagram(const struct recording *r, const struct packet *icmp) {
    const struct datagram *d = &r->quotes[icmp->about];
    return (struct event){.kind = EVENT_PACKET,
                          .lane = LANE_NONE,
                          .payload = d->payload,
                          .payload_size = d->payload_size,
                          .packet = d->packet};
}

int64_t call_end(const struct event *e) {
    return e->call.finished && e->call.duration >= 0 ? e->time + e->call.duration + e->call.late : INT64_MAX;
}

const char *lane_name(const struct recording *r, int16_t lane) {
    if (lane == LANE_NOBODY)
        return "nobody";
    return lane >= 0 && (size_t)lane < r->lane_count ? r->lanes[lane].name : NULL;
}

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
        r->files = grow(r->files, r->file_count, &r->file_room, sizeof *r->files);
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

static void load_calls(struct recording *r, const char *path, struct slice name) {
    struct slice content;

    if (!map_file(r, path, &content))
        return;
    int16_t lane = recording_lane(r, name);
    read_heading(r, lane, content);
    size_t first = r->event_count;
    calls_read(r, lane, path, content);
    if (r->event_count > first)
        r->lanes[lane].begin = r->events[first].time;
}

static struct sightings *seen_packets; // load_kind's functions have no room for it

static void load_packets(struct recording *r, const char *path, struct slice name) {
    struct slice content;

    if (map_file(r, path, &content))
        packets_read(r, seen_packets, path, name, content);
}

static bool ends_with(struct slice name, const char *end) {
    size_t length = strlen(end);
    return name.size > length && slice_is(slice_skip(name, name.size - length), end);
}

static int by_name(const struct dirent **a, const struct dirent **b) {
    return strcmp((*a)->d_name, (*b)->d_name);
}

/** Loads every file of one kind. @return how many there were */
static int load_kind(struct recording *r, const char *folder, const char *end,
                     void load(struct recording *, const char *, struct slice)) {
    struct dirent **list = NULL;
    int count = scandir(folder, &list, NULL, by_name);
    int found = 0;

    for (int i = 0; i < count; i++) {
        struct slice name = slice_of(list[i]->d_name);
        char *path = NULL;
        if (ends_with(name, end)) {
            if (asprintf(&path, "%s/%s", folder, list[i]->d_name) < 0)
                die(1, "out of memory");
            name.size -= strlen(end);
            load(r, path, name);
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

/** Lanes stand in the order in which their programs began. */
static void order_lanes(struct recording *r) {
    size_t count = r->lane_count;
    int16_t *place = calloc(count + 1, sizeof *place);
    struct lane *ordered = calloc(count + 1, sizeof *ordered);

    if (!place || !ordered)
        die(1, "out of memory");
    for (size_t i = 0; i < count; i++) {
        size_t before = 0;
        for (size_t k = 0; k < count; k++)
            before +=
                r->lanes[k].begin < r->lanes[i].begin || (r->lanes[k].begin == r->lanes[i].begin && k < i);
        place[i] = (int16_t)before;
        ordered[before] = r->lanes[i];
    }
    for (size_t i = 0; i < r->event_count; i++)
        if (r->events[i].lane >= 0)
            r->events[i].lane = place[r->events[i].lane];
    for (size_t i = 0; i < r->socket_count; i++)
        r->sockets[i].lane = place[r->sockets[i].lane];
    free(r->lanes);
    free(place);
    r->lanes = ordered;
    r->lane_room = count + 1;
}

void recording_finish(struct recording *r) {
    if (r->event_count > 0)
        qsort(r->events, r->event_count, sizeof *r->events, by_time);
    packets_own(r);
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
    seen_packets = &seen;
    int files = load_kind(r, folder, ".calls", load_calls);
    order_lanes(r);
    files += load_kind(r, folder, ".pcapng", load_packets);
    packets_merge(r, &seen);
    free(seen.list);
    if (files == 0) {
        complain("nothing was recorded in '%s': it has no .calls and no .pcapng file", folder);
        return false;
    }
    recording_finish(r);
    return true;
}

void recording_free(struct recording *r) {
    for (size_t i = 0; i < r->lane_count; i++)
        free(r->lanes[i].name);
    for (size_t i = 0; i < r->host_count; i++) {
        free(r->hosts[i].name);
        free(r->hosts[i].addresses);
        free(r->hosts[i].prefixes);
    }
    for (size_t i = 0; i < r->file_count; i++)
        munmap(r->files[i].at, r->files[i].size);
    for (size_t i = 0; i < r->arena.count; i++)
        free(r->arena.blocks[i]);
    free(r->events);
    free(r->lanes);
    free(r->hosts);
    free(r->sockets);
    free(r->endpoints);
    free(r->quotes);
    free(r->receivers);
    free(r->texts.texts);
    free(r->addresses.addresses);
    free(r->addresses.slots);
    free(r->arena.blocks);
    free(r->files);
}
