/**
 * @file
 * What the kernel says of a bridge's ports.
 */
#include "bridge.h"

#include <linux/if_bridge.h>
#include <linux/rtnetlink.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PATIENCE_MS = 60000 }; ///< no answer is checked by it, and a busy kernel takes its time

int bridge_listen(void) {
    const struct sockaddr_nl links = {.nl_family = AF_NETLINK, .nl_groups = RTMGRP_LINK};
    int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);

    if (fd >= 0 && bind(fd, (const struct sockaddr *)(const void *)&links, sizeof links) < 0) {
        close(fd);
        return -1;
    }
    return fd;
}

/** @return the attribute of this type among those that begin there, or NULL */
static const struct rtattr *find(const struct rtattr *at, long size, int type) {
    for (; RTA_OK(at, size); at = RTA_NEXT(at, size))
        if ((at->rta_type & NLA_TYPE_MASK) == type)
            return at;
    return NULL;
}

static bool says_forwarding(const struct nlmsghdr *message, unsigned port) {
    const struct ifinfomsg *about = NLMSG_DATA(message);

    if (message->nlmsg_type != RTM_NEWLINK || about->ifi_family != AF_BRIDGE || about->ifi_index != (int)port)
        return false;
    const struct rtattr *of_port = find(IFLA_RTA(about), (long)IFLA_PAYLOAD(message), IFLA_PROTINFO);
    const struct rtattr *state =
        of_port ? find(RTA_DATA(of_port), (long)RTA_PAYLOAD(of_port), IFLA_BRPORT_STATE) : NULL;
    return state && *(const unsigned char *)RTA_DATA(state) == BR_STATE_FORWARDING;
}

bool bridge_await(int listening, unsigned port) {
    union {
        struct nlmsghdr align;
        char bytes[16384];
    } room;
    struct pollfd wait = {listening, POLLIN, 0};

    while (poll(&wait, 1, PATIENCE_MS) > 0) {
        ssize_t count = recv(listening, &room, sizeof room, 0);
        const struct nlmsghdr *message = &room.align;
        for (long left = count; left > 0 && NLMSG_OK(message, (unsigned)left); message = NLMSG_NEXT(message, left))
            if (says_forwarding(message, port))
                return true;
    }
    return false;
}
