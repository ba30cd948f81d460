/**
 * @file
 * Classic pcap: a header of 24 bytes, then each packet with 16 bytes before it.
 *
 * https://www.ietf.org/archive/id/draft-ietf-opsawg-pcap-05.html
 */
#include "pcap_read.h"

#include <string.h>

enum {
    MICROSECONDS = (int)0xa1b2c3d4, ///< the magic number of a file whose times have six decimals
    NANOSECONDS = (int)0xa1b23c4d,  ///< nine decimals
    FILE_HEADER = 24,
    PACKET_HEADER = 16,
};

/** A number in the byte order of the file's writer. */
static uint32_t number_at(struct slice s, size_t at, bool swapped) {
    uint32_t value = 0;

    if (at + sizeof value <= s.size)
        memcpy(&value, s.at + at, sizeof value);
    return swapped ? __builtin_bswap32(value) : value;
}

static bool is_magic(uint32_t number) {
    return number == (uint32_t)MICROSECONDS || number == (uint32_t)NANOSECONDS;
}

bool pcap_is(struct slice content) {
    return is_magic(number_at(content, 0, false)) || is_magic(number_at(content, 0, true));
}

size_t pcap_read(struct slice content, const struct pcapng_visitor *visitor, const char **trouble) {
    bool swapped = !is_magic(number_at(content, 0, false));
    int64_t unit = number_at(content, 0, swapped) == (uint32_t)NANOSECONDS ? 1 : 1000;
    uint16_t link = (uint16_t)number_at(content, 20, swapped); // the upper bits tell of checksums
    size_t packets = 0;

    *trouble = content.size < FILE_HEADER ? "it was cut" : NULL;
    content = slice_skip(content, FILE_HEADER);
    while (content.size > 0 && !*trouble) {
        uint32_t captured = number_at(content, 8, swapped);
        struct slice bytes = slice_skip(content, PACKET_HEADER);
        if (content.size < PACKET_HEADER || captured > bytes.size) {
            *trouble = "it was cut";
            break;
        }
        int64_t time = (int64_t)number_at(content, 0, swapped) * 1000000000;
        bytes.size = captured;
        packets++;
        if (visitor->packet)
            visitor->packet(visitor->user, link, time + number_at(content, 4, swapped) * unit, bytes,
                            number_at(content, 12, swapped));
        content = slice_skip(content, PACKET_HEADER + (size_t)captured);
    }
    return packets;
}
