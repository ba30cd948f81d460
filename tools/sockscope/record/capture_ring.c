/**
 * @file
 * Packets from libpcap. The kernel fills a ring of memory block by block, so a burst is held without anybody
 * reading; a block is handed over only after a few milliseconds, which the end of a capture must wait for.
 */
#include "capture.h"

#include <net/if.h>
#include <pcap/pcap.h>
#include <pcap/sll.h>
#include <string.h>

enum { WHOLE_PACKET = 262144 };

static void take_packet(u_char *user, const struct pcap_pkthdr *header, const u_char *bytes) {
    struct capture *c = (struct capture *)(void *)user;
    uint32_t kernel_index = 0;

    if (header->caplen < sizeof(struct sll2_header))
        return;
    memcpy(&kernel_index, bytes + offsetof(struct sll2_header, sll2_if_index), sizeof kernel_index);
    // With nanosecond precision, tv_usec holds nanoseconds.
    uint64_t time = (uint64_t)header->ts.tv_sec * 1000000000 + (uint64_t)header->ts.tv_usec;
    packet_file_add(&c->file, __builtin_bswap32(kernel_index), time, bytes, header->caplen, header->len);
}

static bool take(struct capture *c) {
    pcap_t *pcap = c->handle;
    int count = 0;

    while ((count = pcap_dispatch(pcap, -1, take_packet, (u_char *)c)) > 0)
        continue;
    if (count < 0)
        complain("capture interrupted: %s", pcap_geterr(pcap));
    return count >= 0;
}

static bool drained(struct capture *c) {
    struct pcap_stat count = {0};
    return pcap_stats(c->handle, &count) < 0 || c->file.written + count.ps_drop >= count.ps_recv;
}

static uint64_t lost(struct capture *c) {
    struct pcap_stat count = {0};
    if (pcap_stats(c->handle, &count) < 0 || c->file.written >= count.ps_recv)
        return 0;
    return count.ps_recv - c->file.written; // ps_recv includes dropped packets
}

static void close_handle(struct capture *c) {
    pcap_close(c->handle);
}

/** Leaves out what the loopback interface shows for the second time. */
static void set_filter(pcap_t *pcap, unsigned only) {
    struct bpf_program program;
    char text[96];
    unsigned lo = if_nametoindex("lo");

    if (lo == 0)
        return;
    snprintf(text, sizeof text, "not (ifindex %u and outbound)", lo);
    if (only != 0)
        snprintf(text + strlen(text), sizeof text - strlen(text), " and ifindex %u", only);
    if (pcap_compile(pcap, &program, text, 1, PCAP_NETMASK_UNKNOWN) < 0 || pcap_setfilter(pcap, &program) < 0)
        die(FAILED, "cannot set the capture filter: %s", pcap_geterr(pcap));
    pcap_freecode(&program);
}

void capture_open_ring(struct capture *c, int mib) {
    char problem[PCAP_ERRBUF_SIZE];
    pcap_t *pcap = pcap_create("any", problem);

    if (!pcap)
        die(FAILED, "cannot capture: %s", problem);
    if (pcap_set_snaplen(pcap, WHOLE_PACKET) != 0 || pcap_set_timeout(pcap, BLOCK_MS) != 0 ||
        pcap_set_buffer_size(pcap, mib << 20) != 0 || pcap_set_tstamp_precision(pcap, PCAP_TSTAMP_PRECISION_NANO) != 0)
        die(FAILED, "cannot set up the capture");
    int status = pcap_activate(pcap);
    if (status == PCAP_ERROR_PERM_DENIED)
        die(FAILED, "capturing is not allowed here: inside 'unshare -Urn' it needs no special rights");
    if (status < 0)
        die(FAILED, "cannot capture: %s", *pcap_geterr(pcap) ? pcap_geterr(pcap) : pcap_statustostr(status));
    if (pcap_set_datalink(pcap, DLT_LINUX_SLL2) < 0 || pcap_setnonblock(pcap, 1, problem) < 0)
        die(FAILED, "cannot set up the capture: %s", pcap_geterr(pcap));
    set_filter(pcap, c->file.only);
    c->handle = pcap;
    c->fd = pcap_get_selectable_fd(pcap);
    c->take = take;
    c->drained = drained;
    c->lost = lost;
    c->close = close_handle;
}
