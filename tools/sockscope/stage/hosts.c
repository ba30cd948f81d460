/**
 * @file
 * Making hosts: what iproute2 does well is left to it, in one batch for the cables and one in the host itself.
 */
#include "hosts.h"

#include "../record/folder.h"
#include "address_plan.h"
#include "bridge.h"
#include "namespaces.h"
#include "tools.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAME_MOST = 12 };

static bool refuse(struct buffer *why, const char *what, const char *name) {
    buffer_format(why, what, name);
    return false;
}

static bool check_name(const struct scene *s, const char *name, struct buffer *why) {
    size_t size = strlen(name);

    if (!s->is_private)
        return refuse(why, "host '%s' needs a private network, and this scene has none", name);
    for (size_t i = 0; i < size; i++)
        if (!isalnum((unsigned char)name[i]) && name[i] != '-')
            size = 0;
    if (size < 1 || size > NAME_MOST || !isalpha((unsigned char)name[0]))
        return refuse(why,
                      "'%s' is no name for a host: a letter, then at most 11 letters, digits or hyphens, such as alice",
                      name);
    if (scene_host(s, name))
        return refuse(why, "there is a host '%s' already", name);
    return true;
}

static bool check_free(const struct scene *s, const struct address_plan *plan, struct buffer *why) {
    for (size_t h = 0; h < s->host_count; h++)
        for (int k = 0; k < s->hosts[h].plan.count; k++)
            for (int i = 0; i < plan->count; i++) {
                const struct host_address *theirs = &s->hosts[h].plan.list[k], *ours = &plan->list[i];
                if (ours->family != theirs->family || memcmp(ours->bytes, theirs->bytes, sizeof ours->bytes) != 0)
                    continue;
                buffer_format(why, "%.*s belongs to '%s' already", (int)strcspn(ours->text, "/"), ours->text,
                              s->hosts[h].name);
                return false;
            }
    return true;
}

/** @return the bridge of the network that an interface is in; -1 when no host was in it before */
static int known_bridge(const struct scene *s, const struct address_plan *plan, int interface) {
    for (size_t h = 0; h < s->host_count; h++)
        for (int k = 0; k < s->hosts[h].plan.count; k++)
            for (int i = 0; i < plan->count; i++)
                if (plan->list[i].interface == interface && same_network(&plan->list[i], &s->hosts[h].plan.list[k]))
                    return s->hosts[h].bridges[s->hosts[h].plan.list[k].interface];
    return -1;
}

void host_port(const struct machine *h, int interface, char port[PORT_NAME]) {
    if (interface == 0)
        snprintf(port, PORT_NAME, "to-%.*s", NAME_MOST, h->name);
    else
        snprintf(port, PORT_NAME, "%.*s.%u", NAME_MOST, h->name, (unsigned)interface % 100);
}

/** The bridges that are new, the namespace, and its cables. Nothing but the hosts' own traffic is to be seen there: the
 * kernel adds no IPv6 addresses, and asks for no groups. */
static void plan_cables(struct scene *s, struct machine *h, struct buffer *commands) {
    buffer_format(commands, "netns add %s\n", h->name);
    for (int i = 0; i < h->plan.interfaces; i++) {
        char port[PORT_NAME];
        int bridge = known_bridge(s, &h->plan, i);
        if (bridge < 0) {
            bridge = s->bridge_count++;
            buffer_format(commands,
                          "link add br%d type bridge mcast_snooping 0\n"
                          "link set br%d addrgenmode none\n"
                          "link set br%d up\n",
                          bridge, bridge, bridge);
        }
        h->bridges[i] = bridge;
        host_port(h, i, port);
        buffer_format(commands,
                      "link add %s type veth peer name eth%d netns %s\n"
                      "link set %s addrgenmode none\n"
                      "link set %s master br%d up\n",
                      port, i, h->name, port, port, bridge);
    }
}

static void plan_interfaces(const struct machine *h, struct buffer *commands) {
    buffer_text(commands, "link set lo up\n");
    for (int i = 0; i < h->plan.interfaces; i++)
        buffer_format(commands, "link set eth%d addrgenmode none\nlink set eth%d up\n", i, i);
    for (int i = 0; i < h->plan.count; i++) {
        const struct host_address *a = &h->plan.list[i];
        buffer_format(commands, "addr add %s dev eth%d %s\n", a->text, a->interface,
                      a->family == AF_INET ? "broadcast +" : "nodad");
        if (a->family == AF_INET && a->interface == 0)
            buffer_text(commands, "route add 224.0.0.0/4 dev eth0\n");
    }
}

/**
 * A kernel sends a burst of six ICMP errors to one peer and then one a second, except on loopback. A program under test
 * would see a refusal or none, as chance will have it; so a host may send every error. And a client's port is never by
 * chance the servers', or it would hear its own broadcast.
 */
static bool set_habits(void) {
    return write_text("/proc/sys/net/ipv4/icmp_ratelimit", "0") &&
           write_text("/proc/sys/net/ipv4/icmp_ratemask", "0") &&
           write_text("/proc/sys/net/ipv4/ip_local_reserved_ports", "43211") &&
           (write_text("/proc/sys/net/ipv6/icmp/ratelimit", "0") || errno == ENOENT); // a kernel without IPv6
}

/** The names of namespaces live in /run, which belongs to root: a private one is laid over it. */
static bool cover_run(const struct scene *s, struct buffer *why) {
    char *folder = realpath(s->folder, NULL);
    bool inside = folder && strncmp(folder, "/run/", 5) == 0;

    free(folder);
    if (inside)
        return refuse(why, "%s lies under /run, which a private /run is about to cover: set TMPDIR", s->folder);
    return mount("lan", "/run", "tmpfs", MS_NOSUID | MS_NODEV, "mode=755") == 0 ||
           refuse(why, "a private /run cannot be made: %s", strerror(errno));
}

void host_capture(struct scene *s, const struct machine *host, unsigned only) {
    char *path = recording_path(s->recording, host->name, ".pcapng");

    s->hosts = grow(s->hosts, s->host_count, &s->host_capacity, sizeof *s->hosts);
    struct machine *h = &s->hosts[s->host_count++];
    *h = *host;
    h->name = strdup(host->name);
    h->capture.file.only = only;
    capture_open_socket(&h->capture);
    packet_file_open(&h->capture.file, path, current_netns());
    free(path);
}

static int open_netns(const char *name) {
    struct buffer path = {0};

    buffer_format(&path, "/run/netns/%s", name);
    int fd = open(path.at, O_RDONLY | O_CLOEXEC);
    buffer_free(&path);
    return fd;
}

static void go_to(int netns) {
    if (netns >= 0 && setns(netns, CLONE_NEWNET) < 0)
        die(FAILED, "cannot go from host to host: %s", strerror(errno));
}

int host_visit(const struct machine *h) {
    int home = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
    go_to(h->netns);
    return home;
}

void host_leave(int home) {
    go_to(home);
    close(home);
}

bool host_forwards(const struct machine *h, int listening) {
    for (int i = 0; i < h->plan.interfaces; i++) {
        char port[PORT_NAME];
        host_port(h, i, port);
        if (!bridge_await(listening, if_nametoindex(port)))
            return false;
    }
    return true;
}

static bool make_host(struct scene *s, struct machine *h, struct buffer *why) {
    static const char *const ip[] = {"ip", "-batch", "-", NULL};
    struct buffer cables = {0}, interfaces = {0};
    int listening = bridge_listen();

    plan_cables(s, h, &cables);
    plan_interfaces(h, &interfaces);
    bool done = run_tool(-1, ip, cables.at, why) && (h->netns = open_netns(h->name)) >= 0 &&
                run_tool(h->netns, ip, interfaces.at, why) &&
                (host_forwards(h, listening) || refuse(why, "the bridge of host '%s' does not forward", h->name));
    close(listening);
    buffer_free(&cables);
    buffer_free(&interfaces);
    return done;
}

bool host_add(struct scene *s, const char *name, char **addresses, int count, struct buffer *why) {
    struct machine h = {.name = (char *)(uintptr_t)name, .netns = -1};

    if (!check_name(s, name, why) || !address_plan_read(&h.plan, addresses, count, why) || !check_free(s, &h.plan, why))
        return false;
    if (s->bridge_count == 0 && !cover_run(s, why))
        return false;
    if (!make_host(s, &h, why))
        return false;
    int home = host_visit(&h);
    bool done = set_habits();
    host_capture(s, &h, 0); // when its addresses are there: the recording begins with them
    host_leave(home);
    return done || refuse(why, "host '%s' cannot be told to send every error", name);
}
