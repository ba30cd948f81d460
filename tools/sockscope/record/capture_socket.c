/**
 * @file
 * Packets from a plain packet socket.
 */
#include "capture.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <pcap/sll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    BATCH = 16,             ///< packets fetched by one call
    SLOT = 128 * 1024,      ///< bytes for one: more than IP can carry
    QUEUE_BYTES = 64 << 20, ///< asked for; the kernel grants what net.core.rmem_max allows
    PROBES = 200,
};

static const int yes = 1;

/** Leaves out what the loopback interface shows for the second time: its packets on their way out. */
static void set_filter(int fd) {
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)SKF_AD_OFF + SKF_AD_IFINDEX),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, if_nametoindex("lo"), 0, 2),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)SKF_AD_OFF + SKF_AD_PKTTYPE),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, PACKET_OUTGOING, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, UINT32_MAX),
        BPF_STMT(BPF_RET | BPF_K, 0),
    };
    struct sock_fprog program = {sizeof code / sizeof *code, code};

    if (setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program) < 0)
        die(FAILED, "cannot set the capture filter: %s", strerror(errno));
}

/** Receives a probe. @return when the kernel says that it came, 0 when it did not come */
static int64_t receive_stamp(int fd) {
    char byte;
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof(struct timespec))];
    } control;
    struct iovec buffer = {&byte, 1};
    struct msghdr message = {
        .msg_iov = &buffer, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    struct timespec stamp = {0};

    if (recvmsg(fd, &message, MSG_DONTWAIT) < 0)
        return 0;
    const struct cmsghdr *c = CMSG_FIRSTHDR(&message);
    if (c && c->cmsg_type == SCM_TIMESTAMPNS)
        memcpy(&stamp, CMSG_DATA(c), sizeof stamp);
    return (int64_t)stamp.tv_sec * 1000000000 + stamp.tv_nsec;
}

/**
 * Waits until the kernel stamps packets when they pass. It switches that on some 0.3 ms after it was asked
 * to, and until then a packet gets the time at which it is read, which may be after the call that it was for.
 * A probe to ourselves shows it: its stamp must not be younger than the moment after it was sent.
 */
static void await_stamps(void) {
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in self = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof self;
    const struct timespec pause = {0, 50000};

    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, &yes, sizeof yes) < 0 ||
        bind(fd, (struct sockaddr *)(void *)&self, size) < 0 ||
        getsockname(fd, (struct sockaddr *)(void *)&self, &size) < 0)
        die(FAILED, "cannot ask for the times of packets: %s", strerror(errno));
    for (int i = 0; i < PROBES; i++) {
        struct timespec now;
        if (sendto(fd, "", 1, 0, (struct sockaddr *)(void *)&self, size) < 0)
            break; // loopback is down: nothing can be probed
        clock_gettime(CLOCK_REALTIME, &now);
        nanosleep(&pause, NULL);
        int64_t stamp = receive_stamp(fd);
        if (stamp > 0 && stamp <= (int64_t)now.tv_sec * 1000000000 + now.tv_nsec)
            break;
    }
    close(fd);
}

/** Puts the cooked header before a packet, as libpcap would. */
static void write_cooked(struct capture *c, char *slot, const struct msghdr *message, unsigned length) {
    const struct sockaddr_ll *from = message->msg_name;
    struct sll2_header *head = (struct sll2_header *)(void *)slot;
    struct timespec stamp = {0};

    *head = (struct sll2_header){.sll2_protocol = from->sll_protocol,
                                 .sll2_if_index = htonl((uint32_t)from->sll_ifindex),
                                 .sll2_hatype = htons(from->sll_hatype),
                                 .sll2_pkttype = from->sll_pkttype,
                                 .sll2_halen = from->sll_halen};
    memcpy(head->sll2_addr, from->sll_addr, sizeof head->sll2_addr);
    const struct cmsghdr *control = CMSG_FIRSTHDR(message);
    if (control && control->cmsg_type == SCM_TIMESTAMPNS)
        memcpy(&stamp, CMSG_DATA(control), sizeof stamp);
    unsigned capacity = SLOT - sizeof *head;
    unsigned captured = length < capacity ? length : capacity;
    packet_file_add(&c->file, (uint32_t)from->sll_ifindex,
                    (uint64_t)stamp.tv_sec * 1000000000 + (uint64_t)stamp.tv_nsec, slot,
                    captured + (uint32_t)sizeof *head, length + (uint32_t)sizeof *head);
}

/** Buffers for the packets that one call fetches. */
struct batch {
    struct mmsghdr messages[BATCH];
    struct iovec buffers[BATCH];
    struct sockaddr_ll from[BATCH];
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof(struct timespec))];
    } control[BATCH];
    char slots[BATCH][SLOT];
};

static bool take(struct capture *c) {
    struct batch *b = c->handle;

    for (;;) {
        for (int i = 0; i < BATCH; i++) {
            b->buffers[i] = (struct iovec){b->slots[i] + sizeof(struct sll2_header), SLOT - sizeof(struct sll2_header)};
            b->messages[i].msg_hdr = (struct msghdr){.msg_name = &b->from[i],
                                                     .msg_namelen = sizeof b->from[i],
                                                     .msg_iov = &b->buffers[i],
                                                     .msg_iovlen = 1,
                                                     .msg_control = &b->control[i],
                                                     .msg_controllen = sizeof b->control[i]};
        }
        int count = recvmmsg(c->fd, b->messages, BATCH, MSG_DONTWAIT | MSG_TRUNC, NULL);
        if (count < 0 && (errno == EAGAIN || errno == EINTR || errno == ENETDOWN))
            return true; // ENETDOWN: an interface went away; the others go on
        if (count < 0) {
            complain("capture interrupted: %s", strerror(errno));
            return false;
        }
        for (int i = 0; i < count; i++)
            write_cooked(c, b->slots[i], &b->messages[i].msg_hdr, b->messages[i].msg_len);
    }
}

static bool drained(struct capture *c) {
    (void)c;
    return true; // what the kernel has seen is in the queue at once, and take() has emptied it
}

static uint64_t lost(struct capture *c) {
    struct tpacket_stats count = {0};
    socklen_t size = sizeof count;
    return getsockopt(c->fd, SOL_PACKET, PACKET_STATISTICS, &count, &size) < 0 ? 0 : count.tp_drops;
}

static void close_handle(struct capture *c) {
    free(c->handle);
    close(c->fd);
}

void capture_open_socket(struct capture *c) {
    const int queue = QUEUE_BYTES;
    struct sockaddr_ll where = {
        .sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL), .sll_ifindex = (int)c->file.only};

    c->fd = socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC, 0); // protocol 0: nothing arrives before all is set
    if (c->fd < 0 && errno == EPERM)
        die(FAILED, "capturing is not allowed here: inside 'unshare -Urn' it needs no special rights");
    if (c->fd < 0)
        die(FAILED, "cannot capture: %s", strerror(errno));
    if (setsockopt(c->fd, SOL_SOCKET, SO_RCVBUFFORCE, &queue, sizeof queue) < 0 &&
        setsockopt(c->fd, SOL_SOCKET, SO_RCVBUF, &queue, sizeof queue) < 0)
        die(FAILED, "cannot set up the capture: %s", strerror(errno));
    if (setsockopt(c->fd, SOL_SOCKET, SO_TIMESTAMPNS, &yes, sizeof yes) < 0)
        die(FAILED, "cannot ask for the times of packets: %s", strerror(errno));
    set_filter(c->fd);
    await_stamps();
    if (bind(c->fd, (struct sockaddr *)(void *)&where, sizeof where) < 0)
        die(FAILED, "cannot capture: %s", strerror(errno));
    c->handle = malloc(sizeof(struct batch));
    if (!c->handle)
        die(FAILED, "out of memory");
    c->take = take;
    c->drained = drained;
    c->lost = lost;
    c->close = close_handle;
}
