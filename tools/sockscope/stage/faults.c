/**
 * @file
 * Putting a relay into a host's cable.
 */
#include "faults.h"

#include "bridge.h"
#include "hosts.h"
#include "tools.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

static const struct {
    const char *name;
    size_t at;
    int64_t most;
} settings[] = {{"seed=", offsetof(struct faults, seed), INT64_MAX},
                {"lose=", offsetof(struct faults, lose), 100},
                {"duplicate=", offsetof(struct faults, duplicate), 100},
                {"reorder=", offsetof(struct faults, reorder), 100},
                {"delay=", offsetof(struct faults, delay), 10000}};

static bool read_setting(struct faults *faults, const char *word) {
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        size_t size = strlen(settings[i].name), used = 0;
        int64_t value = 0;
        if (strncmp(word, settings[i].name, size) != 0)
            continue;
        if (!slice_number(slice_of(word + size), &value, &used) || word[size + used] != '\0' || value < 0 ||
            value > settings[i].most)
            return false;
        memcpy((char *)faults + settings[i].at, &value, sizeof value);
        return true;
    }
    return false;
}

/**
 * @return a socket that gets and sends whole frames of an interface, with what the kernel left undone in them; or -1
 */
static int open_interface(const char *name) {
    const struct sockaddr_ll where = {
        .sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL), .sll_ifindex = (int)if_nametoindex(name)};
    const int yes = 1;
    int fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

    if (fd >= 0 && where.sll_ifindex > 0 && setsockopt(fd, SOL_PACKET, PACKET_VNET_HDR, &yes, sizeof yes) == 0 &&
        setsockopt(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &yes, sizeof yes) == 0 &&
        bind(fd, (const struct sockaddr *)(const void *)&where, sizeof where) == 0)
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

static bool begin_relay(const struct faults *faults, const char *ours, const char *theirs) {
    int fds[2] = {open_interface(ours), open_interface(theirs)};
    bool opened = fds[0] >= 0 && fds[1] >= 0;
    pid_t pid = opened ? fork() : -1;

    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        relay_frames(faults, fds[0], fds[1]);
    }
    for (int i = 0; i < 2; i++)
        if (fds[i] >= 0)
            close(fds[i]);
    return pid > 0;
}

/** The relay stands between the cable's end and a cable of its own, which is plugged into the bridge instead. */
static bool relay_cable(const struct machine *h, const struct faults *faults, struct buffer *why) {
    static const char *const ip[] = {"ip", "-batch", "-", NULL};
    struct buffer lines = {0};
    char port[PORT_NAME];

    host_port(h, 0, port);
    buffer_format(&lines,
                  "link set %s nomaster\n"
                  "link add %s.r type veth peer name %s.w\n"
                  "link set %s.r addrgenmode none\n"
                  "link set %s.w addrgenmode none\n"
                  "link set %s.r master br%d up\n"
                  "link set %s.w up\n",
                  port, h->name, h->name, h->name, h->name, h->name, h->bridges[0], h->name);
    int listening = bridge_listen();
    char own[PORT_NAME + 4], bridged[PORT_NAME + 4];
    snprintf(own, sizeof own, "%s.w", h->name);
    snprintf(bridged, sizeof bridged, "%s.r", h->name);
    bool done = run_tool(-1, ip, lines.at, why) && begin_relay(faults, port, own) &&
                bridge_await(listening, if_nametoindex(bridged));
    close(listening);
    buffer_free(&lines);
    return done;
}

bool host_faults(struct scene *s, const struct command *c, struct buffer *why) {
    struct faults faults = {.seed = 1};
    struct machine *h = scene_host(s, c->words[1]);

    if (!h || h->plan.interfaces == 0 || h->relayed) {
        buffer_format(why, "there is no host '%s' with a cable as it came", c->words[1]);
        return false;
    }
    for (int i = 2; i < c->count; i++)
        if (!read_setting(&faults, c->words[i])) {
            buffer_format(why, "'%s' is no fault: seed=N, lose=, duplicate= or reorder=PERCENT, delay=MILLISECONDS",
                          c->words[i]);
            return false;
        }
    h->relayed = relay_cable(h, &faults, why);
    return h->relayed;
}
