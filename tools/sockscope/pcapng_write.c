/**
 * @file
 * Writing pcapng. libpcap writes the older pcap only, which can neither name interfaces nor count losses.
 */
#include "pcapng.h"

#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>

static void put_u16(struct buffer *b, uint16_t value) {
    buffer_add(b, &value, sizeof value);
}

static void put_u32(struct buffer *b, uint32_t value) {
    buffer_add(b, &value, sizeof value);
}

static void put_padding(struct buffer *b) {
    while (b->size % 4)
        buffer_add(b, "", 1);
}

static void put_option(struct buffer *b, uint16_t code, const void *value, size_t size) {
    put_u16(b, code);
    put_u16(b, (uint16_t)size);
    buffer_add(b, value, size);
    put_padding(b);
}

/** Wraps a body into a block: type, length, body, length again. */
static bool write_block(FILE *out, uint32_t type, struct buffer *body) {
    uint32_t length = (uint32_t)body->size + 12;
    bool done = fwrite(&type, 4, 1, out) == 1 && fwrite(&length, 4, 1, out) == 1 &&
                fwrite(body->at, 1, body->size, out) == body->size && fwrite(&length, 4, 1, out) == 1;

    buffer_free(body);
    return done;
}

bool pcapng_write_section(FILE *out, uint64_t netns) {
    struct buffer b = {0};
    char comment[64];
    int64_t unknown_length = -1;

    snprintf(comment, sizeof comment, "netns=%llu", (unsigned long long)netns);
    put_u32(&b, PCAPNG_MAGIC);
    put_u16(&b, 1); // version 1.0
    put_u16(&b, 0);
    buffer_add(&b, &unknown_length, sizeof unknown_length);
    put_option(&b, OPTION_COMMENT, comment, strlen(comment));
    put_option(&b, OPTION_APPLICATION, "sockscope", strlen("sockscope"));
    put_u32(&b, 0); // end of options
    return write_block(out, PCAPNG_SECTION, &b);
}

/** Adds an interface's addresses, with their netmasks: they tell later whose packet a packet was. */
static void put_addresses(struct buffer *b, const char *name) {
    struct ifaddrs *list = NULL;

    if (getifaddrs(&list) < 0)
        return; // the picture only loses a hint
    for (const struct ifaddrs *i = list; i; i = i->ifa_next) {
        if (!i->ifa_addr || !i->ifa_netmask || strcmp(i->ifa_name, name) != 0)
            continue;
        if (i->ifa_addr->sa_family == AF_INET) {
            uint32_t pair[2] = {((const struct sockaddr_in *)(const void *)i->ifa_addr)->sin_addr.s_addr,
                                ((const struct sockaddr_in *)(const void *)i->ifa_netmask)->sin_addr.s_addr};
            put_option(b, OPTION_IPV4, pair, sizeof pair);
        } else if (i->ifa_addr->sa_family == AF_INET6) {
            uint8_t value[17] = {0};
            const struct sockaddr_in6 *mask = (const void *)i->ifa_netmask;
            memcpy(value, &((const struct sockaddr_in6 *)(const void *)i->ifa_addr)->sin6_addr, 16);
            for (size_t k = 0; k < 16; k++)
                value[16] = (uint8_t)(value[16] + __builtin_popcount(mask->sin6_addr.s6_addr[k]));
            put_option(b, OPTION_IPV6, value, sizeof value);
        }
    }
    freeifaddrs(list);
}

bool pcapng_write_interface(FILE *out, const char *name, uint16_t link) {
    struct buffer b = {0};
    uint8_t nanoseconds = 9;

    put_u16(&b, link);
    put_u16(&b, 0);
    put_u32(&b, 0); // no limit to the length of a packet
    put_option(&b, OPTION_NAME, name, strlen(name));
    put_addresses(&b, name);
    put_option(&b, OPTION_RESOLUTION, &nanoseconds, 1);
    put_u32(&b, 0);
    return write_block(out, PCAPNG_INTERFACE, &b);
}

bool pcapng_write_packet(FILE *out, uint32_t interface, uint64_t nanoseconds, const void *bytes,
                         uint32_t captured, uint32_t length) {
    static const char zeros[4];
    uint32_t padding = (4 - captured % 4) % 4;
    uint32_t total = 32 + captured + padding;
    uint32_t head[7] = {PCAPNG_PACKET,         total,    interface, (uint32_t)(nanoseconds >> 32),
                        (uint32_t)nanoseconds, captured, length};

    return fwrite(head, sizeof head, 1, out) == 1 && fwrite(bytes, 1, captured, out) == captured &&
           fwrite(zeros, 1, padding, out) == padding && fwrite(&total, 4, 1, out) == 1;
}

bool pcapng_write_statistics(FILE *out, uint32_t interface, uint64_t nanoseconds, uint64_t received,
                             uint64_t lost) {
    struct buffer b = {0};

    put_u32(&b, interface);
    put_u32(&b, (uint32_t)(nanoseconds >> 32));
    put_u32(&b, (uint32_t)nanoseconds);
    put_option(&b, OPTION_RECEIVED, &received, sizeof received);
    put_option(&b, OPTION_DROPPED, &lost, sizeof lost);
    put_u32(&b, 0);
    return write_block(out, PCAPNG_STATISTICS, &b);
}
