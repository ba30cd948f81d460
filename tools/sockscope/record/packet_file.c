/**
 * @file
 * Writing pcapng.
 */
#include "packet_file.h"

#include "../base/pcapng.h"

#include <errno.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdlib.h>
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

static bool write_section(FILE *out, uint64_t netns) {
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

static bool write_interface(FILE *out, const char *name, uint16_t link) {
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

static bool write_packet(FILE *out, uint32_t interface, uint64_t nanoseconds, const void *bytes, uint32_t captured,
                         uint32_t length) {
    static const char zeros[4];
    uint32_t padding = (4 - captured % 4) % 4;
    uint32_t total = 32 + captured + padding;
    uint32_t head[7] = {PCAPNG_PACKET,         total,    interface, (uint32_t)(nanoseconds >> 32),
                        (uint32_t)nanoseconds, captured, length};

    return fwrite(head, sizeof head, 1, out) == 1 && fwrite(bytes, 1, captured, out) == captured &&
           fwrite(zeros, 1, padding, out) == padding && fwrite(&total, 4, 1, out) == 1;
}

static bool write_statistics(FILE *out, uint32_t interface, uint64_t nanoseconds, uint64_t received, uint64_t lost) {
    struct buffer b = {0};

    put_u32(&b, interface);
    put_u32(&b, (uint32_t)(nanoseconds >> 32));
    put_u32(&b, (uint32_t)nanoseconds);
    put_option(&b, OPTION_RECEIVED, &received, sizeof received);
    put_option(&b, OPTION_DROPPED, &lost, sizeof lost);
    put_u32(&b, 0);
    return write_block(out, PCAPNG_STATISTICS, &b);
}

/** The interface's number in the file. */
static uint32_t interface_number(struct packet_file *f, uint32_t kernel_index) {
    char name[IF_NAMESIZE];

    for (uint32_t i = 0; i < f->interface_count; i++)
        if (f->interfaces[i] == kernel_index)
            return i;
    if (!if_indextoname(kernel_index, name))
        snprintf(name, sizeof name, "if%u", kernel_index % 100000); // it is gone already
    f->interfaces = grow(f->interfaces, f->interface_count, &f->interface_capacity, sizeof *f->interfaces);
    f->interfaces[f->interface_count] = kernel_index;
    if (!write_interface(f->out, name, LINK_LINUX_SLL2))
        f->failed = true;
    return (uint32_t)f->interface_count++;
}

void packet_file_open(struct packet_file *f, const char *path, uint64_t netns) {
    f->out = fopen(path, "we");
    if (!f->out)
        die(FAILED, "cannot write '%s': %s", path, strerror(errno));
    if (!write_section(f->out, netns))
        f->failed = true;
    struct if_nameindex *list = if_nameindex();
    for (struct if_nameindex *i = list; i && i->if_index != 0; i++)
        if (f->only == 0 || f->only == i->if_index)
            interface_number(f, i->if_index);
    if (list)
        if_freenameindex(list);
    packet_file_flush(f);
    if (f->failed)
        die(FAILED, "cannot write '%s': %s", path, strerror(errno));
}

void packet_file_add(struct packet_file *f, uint32_t kernel_index, uint64_t nanoseconds, const void *bytes,
                     uint32_t captured, uint32_t length) {
    uint32_t number = interface_number(f, kernel_index);

    if (!write_packet(f->out, number, nanoseconds, bytes, captured, length))
        f->failed = true;
    f->written++;
}

void packet_file_flush(struct packet_file *f) {
    if (fflush(f->out) != 0)
        f->failed = true;
}

void packet_file_close(struct packet_file *f, uint64_t nanoseconds, uint64_t lost) {
    if (f->interface_count > 0 && !write_statistics(f->out, 0, nanoseconds, f->written + lost, lost))
        f->failed = true;
    if (fclose(f->out) != 0)
        f->failed = true;
    free(f->interfaces);
    f->interfaces = NULL;
}
