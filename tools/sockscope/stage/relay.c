/**
 * @file
 * Relaying frames, with faults.
 */
#include "faults.h"

#include <linux/if_ether.h>
#include <linux/virtio_net.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    FRAME = 128 * 1024, ///< room for one: the kernel leaves the cutting of large ones to the last interface
    OVERTAKEN_MS = 200, ///< how long a datagram waits for one that overtakes it, before it goes on without
};

/** A frame on its way. */
struct frame {
    struct frame *next;
    int64_t due;    ///< when it goes on
    bool overtaken; ///< it goes on as soon as another one has
    size_t size;
    char bytes[];
};

/** One direction. */
struct direction {
    int from, to;
    uint64_t random;      ///< what the next number comes from
    struct frame *frames; ///< in the order in which they are due
};

/** SplitMix64, see https://prng.di.unimi.it/splitmix64.c */
static uint64_t next_random(uint64_t *state) {
    uint64_t z = (*state += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

static bool chosen(uint64_t *state, int64_t percent) {
    return (int64_t)(next_random(state) % 100) < percent;
}

static bool is_udp(const char *bytes, size_t size) {
    const unsigned char *frame = (const unsigned char *)bytes + sizeof(struct virtio_net_hdr);
    enum { TYPE = 12, V4_PROTOCOL = ETH_HLEN + 9, V6_NEXT_HEADER = ETH_HLEN + 6, ENOUGH = ETH_HLEN + 20 };

    if (size < sizeof(struct virtio_net_hdr) + ENOUGH)
        return false;
    unsigned type = (unsigned)frame[TYPE] << 8 | frame[TYPE + 1];
    return (type == ETH_P_IP && frame[V4_PROTOCOL] == IPPROTO_UDP) ||
           (type == ETH_P_IPV6 && frame[V6_NEXT_HEADER] == IPPROTO_UDP);
}

static void queue(struct direction *d, const char *bytes, size_t size, int64_t due, bool overtaken) {
    struct frame *f = malloc(sizeof *f + size);
    struct frame **at = &d->frames;

    if (!f)
        return; // one more that is lost
    *f = (struct frame){.due = due, .overtaken = overtaken, .size = size};
    memcpy(f->bytes, bytes, size);
    while (*at && (*at)->due <= due)
        at = &(*at)->next;
    f->next = *at;
    *at = f;
}

static void send_on(const struct direction *d, const struct frame *f) {
    if (write(d->to, f->bytes, f->size) < 0)
        return; // a full queue loses datagrams, too
}

/** Sends what is due, and what was to be overtaken by it. @return when to look again */
static int64_t send_due(struct direction *d) {
    int64_t now = scene_now();

    while (d->frames && d->frames->due <= now) {
        struct frame *f = d->frames;
        d->frames = f->next;
        send_on(d, f);
        for (struct frame *late = d->frames; late && !f->overtaken; late = late->next)
            if (late->overtaken)
                late->due = now;
        free(f);
    }
    return d->frames ? d->frames->due : INT64_MAX;
}

/** Decides by three numbers a datagram, so that the fate of the next one does not depend on this one's. */
static void take_frame(struct direction *d, const struct faults *faults, const char *bytes, size_t size) {
    int64_t now = scene_now();

    if (!is_udp(bytes, size)) {
        queue(d, bytes, size, now, false);
        return;
    }
    bool lost = chosen(&d->random, faults->lose), twice = chosen(&d->random, faults->duplicate);
    bool overtaken = chosen(&d->random, faults->reorder);
    int64_t due = now + faults->delay + (overtaken ? OVERTAKEN_MS : 0);
    for (int copies = lost ? 0 : twice ? 2 : 1; copies > 0; copies--)
        queue(d, bytes, size, due, overtaken);
}

static void take_frames(struct direction *d, const struct faults *faults, char *room) {
    ssize_t size = 0;

    while ((size = read(d->from, room, FRAME)) > 0) {
        take_frame(d, faults, room, (size_t)size);
        send_due(d);
    }
}

static int milliseconds_until(int64_t a, int64_t b) {
    int64_t next = a < b ? a : b;
    int64_t left = next == INT64_MAX ? -1 : next - scene_now();
    return next == INT64_MAX ? -1 : left < 0 ? 0 : (int)left;
}

void relay_frames(const struct faults *faults, int ours, int theirs) {
    struct direction there = {ours, theirs, (uint64_t)faults->seed * 2, NULL};
    struct direction back = {theirs, ours, (uint64_t)faults->seed * 2 + 1, NULL};
    struct pollfd wait[2] = {{ours, POLLIN, 0}, {theirs, POLLIN, 0}};
    char *room = malloc(FRAME);

    if (!room)
        die(FAILED, "out of memory");
    for (;;) {
        int left = milliseconds_until(send_due(&there), send_due(&back));
        if (poll(wait, 2, left) < 0)
            _exit(FAILED);
        if (wait[0].revents)
            take_frames(&there, faults, room);
        if (wait[1].revents)
            take_frames(&back, faults, room);
    }
}
