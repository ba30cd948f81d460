/*
 * Program: udpsizes
 * Mistake: divides without the rest
 * Caught by: ?
 * Feedback: ?
 */
/*
 * 08-datagram-boundaries: what becomes of a datagram of this size?
 *
 * Run:     ./udpsizes 127.0.0.1        one line of input, a size; one datagram of that many bytes
 * Prints:  1472 bytes: 1 packet, MTU 1500
 *          1473 bytes: 2 packets, MTU 1500
 * Too long:      65508 bytes: Message too long (90)
 */
#include "lib/common.h"

enum { IP_HEADER = 20, UDP_HEADER = 8, BUFFER = 70000 };

/* Sends so many bytes. Returns false when they cannot be sent. */
static bool send_bytes(int fd, const char *bytes, long size) {
    int earlier = 0;
    ssize_t sent;
    /* Task 4: send the bytes to the peer. Task 7: an earlier datagram's error comes once, its own comes again. */
    while ((sent = send(fd, bytes, (size_t)size, 0)) < 0 && errno != earlier) {
        earlier = errno;
    }
    if (sent < 0) {
        error(0, errno, "%ld bytes", size);
        return false;
    }
    if (earlier != 0) {
        error(0, earlier, "an earlier datagram did not arrive");
    }
    return true;
}

/* The size of the largest packet on the way to the peer, as far as this machine knows. It can change. */
static int route_mtu(int fd) {
    int mtu = 0;
    socklen_t size = sizeof mtu;
    /* Task 5: only a connected socket has a route, and only a route has an MTU. */
    if (getsockopt(fd, IPPROTO_IP, IP_MTU, &mtu, &size) < 0) {
        error(1, errno, "getsockopt IP_MTU failed");
    }
    return mtu;
}

/* How many packets carry a datagram. The UDP header is in the first only, an IP header in each. */
static int packets(long size, int mtu) {
    int count = 1;
    /* Task 6: while the rest does not fit, a fragment takes as many bytes as fit: a multiple of 8. */
    if (UDP_HEADER + size > mtu - IP_HEADER) {
        count = (int)((UDP_HEADER + size) / (mtu - IP_HEADER));
    }
    return count;
}

/* Reads a size from a line of input. */
static long size_of(const char *line) {
    char *end;
    long size = strtol(line, &end, 10);
    if (end == line || *end != '\0' || size < 0 || size > BUFFER) {
        error(2, 0, "'%s' is not a size from 0 to %d", line, BUFFER);
    }
    return size;
}

int main(int argc, char **argv) {
    if (argc != 2) {
        error(2, 0, "usage: %s <IPaddress>", argv[0]);
    }
    struct sockaddr_in server = ipv4_address(argv[1], SERV_PORT);
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (fd < 0) {
        error(1, errno, "socket failed");
    }
    if (connect(fd, (struct sockaddr *)&server, sizeof server) < 0) {
        error(1, errno, "connect failed");
    }

    static char bytes[BUFFER];
    memset(bytes, 'x', sizeof bytes);
    char line[MAXLINE];
    bool all_sent = true;
    while (read_line(stdin, line, sizeof line) >= 0) {
        long size = size_of(line);
        int mtu = route_mtu(fd); /* as it is when the datagram is cut */
        if (send_bytes(fd, bytes, size)) {
            int count = packets(size, mtu);
            printf("%ld bytes: %d packet%s, MTU %d\n", size, count, count == 1 ? "" : "s", mtu);
        } else {
            all_sent = false;
        }
    }
    return all_sent ? 0 : 1;
}
