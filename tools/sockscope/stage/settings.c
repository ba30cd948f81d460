/**
 * @file
 * Changing a host.
 */
#include "settings.h"

#include "bridge.h"
#include "hosts.h"
#include "namespaces.h"
#include "tools.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static bool run_ip(int netns, const char *lines, struct buffer *why) {
    static const char *const ip[] = {"ip", "-batch", "-", NULL};
    return run_tool(netns, ip, lines, why);
}

static bool set_ip(const struct machine *h, const struct command *c, struct buffer *why) {
    struct buffer lines = {0};

    for (int i = 2; i < c->count; i++)
        buffer_format(&lines, "%s\n", c->words[i]);
    bool done = run_ip(h->netns, lines.at, why);
    buffer_free(&lines);
    return done;
}

static bool set_nft(const struct machine *h, const struct command *c, struct buffer *why) {
    static const char *const nft[] = {"nft", "-f", "-", NULL};
    return run_tool(h->netns, nft, c->words[2], why);
}

/** @return the file of a sysctl such as net.ipv4.ip_forward; buffer_free() it */
static struct buffer sysctl_file(const char *name) {
    struct buffer path = {0};

    buffer_format(&path, "/proc/sys/%s", name);
    for (char *c = path.at; *c; c++)
        if (*c == '.')
            *c = '/';
    return path;
}

static bool set_sysctl(const struct machine *h, const struct command *c, struct buffer *why) {
    if (c->count != 4 || strncmp(c->words[2], "net.", 4) != 0) {
        buffer_text(why, "usage: sysctl HOST net.NAME VALUE");
        return false;
    }
    struct buffer path = sysctl_file(c->words[2]);
    int home = host_visit(h);
    bool done = write_text(path.at, c->words[3]);
    if (!done)
        buffer_format(why, "sysctl %s %s: %s", c->words[2], c->words[3], strerror(errno));
    host_leave(home);
    buffer_free(&path);
    return done;
}

/** A host that is off: its cables end nowhere. */
static bool set_switch(const struct machine *h, const struct command *c, struct buffer *why) {
    bool on = strcmp(c->words[2], "on") == 0;
    struct buffer lines = {0};
    char port[PORT_NAME];

    if (!on && strcmp(c->words[2], "off") != 0) {
        buffer_format(why, "a host is switched on or off, and not '%s'", c->words[2]);
        return false;
    }
    for (int i = 0; i < h->plan.interfaces; i++) {
        host_port(h, i, port);
        buffer_format(&lines, "link set %s %s\n", port, on ? "up" : "down");
    }
    int listening = bridge_listen();
    bool done = run_ip(-1, lines.at, why) && (!on || host_forwards(h, listening));
    close(listening);
    buffer_free(&lines);
    return done;
}

bool host_set(struct scene *s, const struct command *c, struct buffer *why) {
    static const struct {
        const char *name;
        bool (*set)(const struct machine *h, const struct command *c, struct buffer *why);
    } settings[] = {{"ip", set_ip}, {"nft", set_nft}, {"sysctl", set_sysctl}, {"switch", set_switch}};
    const struct machine *h = scene_host(s, c->words[1]);

    if (!h) {
        buffer_format(why, "there is no host '%s'", c->words[1]);
        return false;
    }
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        if (strcmp(settings[i].name, c->words[0]) == 0)
            return settings[i].set(h, c, why);
    return false;
}
