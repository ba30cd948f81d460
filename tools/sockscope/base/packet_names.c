/**
 * @file
 * Numbers of the protocols, in words.
 */
#include "packet.h"

#include <stdio.h>
#include <string.h>

static const char *unreachable(uint8_t code) {
    static const char *const names[] = {
        "network unreachable",      "host unreachable",    "protocol unreachable", "port unreachable",
        "fragmentation needed",     "source route failed", "network unknown",      "host unknown",
        "source host isolated",     "network prohibited",  "host prohibited",      "network unreachable for TOS",
        "host unreachable for TOS", "admin prohibited"};
    return code < sizeof names / sizeof *names ? names[code] : NULL;
}

static const char *icmp_name(uint8_t type, uint8_t code) {
    switch (type) {
    case 0:
        return "echo reply";
    case 3:
        return unreachable(code);
    case 5:
        return "redirect";
    case 8:
        return "echo request";
    case 11:
        return code == 0 ? "TTL exceeded" : "reassembly time exceeded";
    case 12:
        return "parameter problem";
    default:
        return NULL;
    }
}

static const char *icmpv6_name(uint8_t type, uint8_t code) {
    static const char *const reasons[] = {
        "no route",         "admin prohibited", "beyond scope",  "address unreachable",
        "port unreachable", "policy failed",    "route rejected"};
    switch (type) {
    case 1:
        return code < sizeof reasons / sizeof *reasons ? reasons[code] : NULL;
    case 2:
        return "packet too big";
    case 3:
        return code == 0 ? "hop limit exceeded" : "reassembly time exceeded";
    case 4:
        return "parameter problem";
    case 128:
        return "echo request";
    case 129:
        return "echo reply";
    case 130:
        return "listener query";
    case 133:
        return "router solicitation";
    case 134:
        return "router advertisement";
    case 135:
        return "neighbour solicitation";
    case 136:
        return "neighbour advertisement";
    case 143:
        return "listener report";
    default:
        return NULL;
    }
}

const char *packet_protocol_name(enum protocol proto) {
    static const char *const names[] = {"other", "UDP", "TCP", "ICMP", "ICMPv6", "ARP", "IGMP", "fragment"};
    return names[proto];
}

const char *packet_icmp_name(enum protocol proto, uint8_t type, uint8_t code, char text[static 32]) {
    const char *name = proto == PROTO_ICMPV6 ? icmpv6_name(type, code) : icmp_name(type, code);

    if (name)
        snprintf(text, 32, "%s", name);
    else
        snprintf(text, 32, "type %u code %u", type, code);
    return text;
}

static const char *icmp_error(uint8_t type, uint8_t code) {
    static const char *const errors[] = {"ENETUNREACH", "EHOSTUNREACH", "ENOPROTOOPT",  "ECONNREFUSED",
                                         "EMSGSIZE",    "EOPNOTSUPP",   "ENETUNREACH",  "EHOSTDOWN",
                                         "ENONET",      "ENETUNREACH",  "EHOSTUNREACH", "ENETUNREACH"};
    switch (type) {
    case 3:
        return code < sizeof errors / sizeof *errors ? errors[code] : "EHOSTUNREACH";
    case 11:
        return "EHOSTUNREACH";
    case 12:
        return "EPROTO";
    default:
        return NULL;
    }
}

static const char *icmpv6_error(uint8_t type, uint8_t code) {
    static const char *const errors[] = {"ENETUNREACH",  "EACCES", "EHOSTUNREACH", "EHOSTUNREACH",
                                         "ECONNREFUSED", "EACCES", "EACCES"};
    switch (type) {
    case 1:
        return code < sizeof errors / sizeof *errors ? errors[code] : "EPROTO";
    case 2:
        return "EMSGSIZE";
    case 3:
        return "EHOSTUNREACH";
    case 4:
        return "EPROTO";
    default:
        return NULL;
    }
}

const char *packet_icmp_error(enum protocol proto, uint8_t type, uint8_t code) {
    return proto == PROTO_ICMPV6 ? icmpv6_error(type, code) : icmp_error(type, code);
}

const char *packet_tcp_flags(uint8_t flags, char text[static 32]) {
    static const char *const names[] = {"FIN", "SYN", "RST", "PSH", "ACK", "URG"};
    static const uint8_t order[] = {1, 0, 2, 3, 4, 5}; // SYN first, as people say it
    size_t size = 0;

    text[0] = '\0';
    for (size_t i = 0; i < sizeof order; i++) {
        if (!(flags & 1u << order[i]))
            continue;
        int added = snprintf(text + size, 32 - size, size ? ",%s" : "%s", names[order[i]]);
        size += added > 0 ? (size_t)added : 0;
    }
    return text;
}
