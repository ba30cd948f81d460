/*
 * The scripted peer: a UDP socket that does what its standard input says, one command a line.
 *
 *   bind 127.0.0.1:43211        -> bound 127.0.0.1:43211
 *   connect 127.0.0.1:43211     -> connected 127.0.0.1:43211 (and hears refusals from now on)
 *   join 239.1.2.3              -> joined 239.1.2.3          (a multicast group)
 *   receive                     -> received g1 from 127.0.0.1:52986, or: receive failed: ECONNREFUSED
 *   look                        -> the same without waiting: receive failed: EAGAIN
 *   reply Hi, g1                -> replied 6 bytes           (to the sender of the last datagram)
 *   refuse                      -> refused 127.0.0.1:52986   (port unreachable; in a private network only)
 *   refuse 1000                 -> refused 127.0.0.1:52986   (so many times, as fast as it goes)
 *   lower 1300                  -> lowered 127.0.0.1:52986   (a router's word: packets may have 1300 bytes at most)
 *   send 127.0.0.1:52986 hello  -> sent 5 bytes
 *   broadcast                   -> may broadcast             (a new socket may not)
 *   close                       -> closed                    (the next bind makes a new socket)
 *
 * An address can be of either family: [::1]:43211, or [fe80::2%eth0]:43211. The first one makes the socket one for
 * IPv6, and for IPv6 only.
 *
 * It says nothing of its own, so that a test decides when what is sent.
 */
#include "lib/common.h"

#include <netinet/ip.h>
#include <netinet/ip_icmp.h>
#include <netinet/udp.h>

#define COMMAND_SIZE (8 * MAXLINE)

/* A socket and who wrote to it last. */
struct peer {
    int fd, family;
    union address {
        struct sockaddr any;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
    } sender;
};

static socklen_t size_of(const union address *address) {
    return address->any.sa_family == AF_INET6 ? sizeof address->v6 : sizeof address->v4;
}

static void open_socket(struct peer *peer, int family) {
    int yes = 1;
    peer->family = family;
    peer->fd = socket(family, SOCK_DGRAM, 0);
    if (peer->fd < 0 || (family == AF_INET6 && setsockopt(peer->fd, IPPROTO_IPV6, IPV6_V6ONLY, &yes, sizeof yes) < 0)) {
        error(1, errno, "socket failed");
    }
}

/* Splits "127.0.0.1:43211" or "[::1]:43211" at the last colon. From now on, the socket is for this family. */
static union address address_and_port(struct peer *peer, const char *text) {
    char host[INET6_ADDRSTRLEN + IF_NAMESIZE] = "";
    struct addrinfo hints = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV, .ai_socktype = SOCK_DGRAM};
    struct addrinfo *found = NULL;
    const char *colon = strrchr(text, ':');
    if (colon == NULL || sscanf(text, *text == '[' ? "[%60[^]]" : "%60[0-9.]", host) != 1 ||
        getaddrinfo(host, colon + 1, &hints, &found) != 0) {
        error(2, 0, "'%s' is not an address with a port, such as 127.0.0.1:%d", text, SERV_PORT);
    }
    union address address;
    memcpy(&address, found->ai_addr, found->ai_addrlen);
    freeaddrinfo(found);

    if (peer->family != address.any.sa_family) {
        close(peer->fd);
        open_socket(peer, address.any.sa_family);
    }
    return address;
}

static void do_bind(struct peer *peer, const char *where) {
    char text[ENDPOINT_TEXT_SIZE];
    union address local = address_and_port(peer, where);
    if (bind(peer->fd, &local.any, size_of(&local)) < 0) {
        error(1, errno, "bind failed");
    }
    printf("bound %s\n", endpoint_text(&local.any, text));
}

static void do_connect(struct peer *peer, const char *where) {
    char text[ENDPOINT_TEXT_SIZE];
    union address to = address_and_port(peer, where);
    if (connect(peer->fd, &to.any, size_of(&to)) < 0) {
        error(1, errno, "connect failed");
    }
    printf("connected %s\n", endpoint_text(&to.any, text));
}

static void do_join(const struct peer *peer, const char *group) {
    struct ip_mreq membership = {.imr_multiaddr = ipv4_address(group, 0).sin_addr};
    if (setsockopt(peer->fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &membership, sizeof membership) < 0) {
        error(1, errno, "setsockopt IP_ADD_MEMBERSHIP failed");
    }
    printf("joined %s\n", group);
}

static void do_receive(struct peer *peer, int flags) {
    char message[COMMAND_SIZE];
    char text[ENDPOINT_TEXT_SIZE];
    socklen_t size = sizeof peer->sender;
    ssize_t length = recvfrom(peer->fd, message, sizeof message, flags, &peer->sender.any, &size);
    if (length < 0) {
        printf("receive failed: %s\n", strerrorname_np(errno));
        return;
    }
    printf("received ");
    fwrite(message, 1, (size_t)length, stdout);
    printf(" from %s\n", endpoint_text(&peer->sender.any, text));
}

static ssize_t send_to(struct peer *peer, const union address *to, const char *text, size_t length) {
    ssize_t sent = sendto(peer->fd, text, length, 0, &to->any, size_of(to));
    if (sent < 0) {
        error(1, errno, "sendto failed");
    }
    return sent;
}

static void do_send(struct peer *peer, char *words, size_t length) {
    char *text = memchr(words, ' ', length);
    if (text == NULL) {
        error(2, 0, "send ADDRESS:PORT TEXT, not 'send %s'", words);
    }
    *text++ = '\0';
    union address to = address_and_port(peer, words);
    printf("sent %zd bytes\n", send_to(peer, &to, text, length - (size_t)(text - words)));
}

static void do_broadcast(const struct peer *peer) {
    int yes = 1;
    if (setsockopt(peer->fd, SOL_SOCKET, SO_BROADCAST, &yes, sizeof yes) < 0) {
        error(1, errno, "setsockopt SO_BROADCAST failed");
    }
    printf("may broadcast\n");
}

static uint16_t internet_checksum(const void *data, size_t length) {
    uint32_t sum = 0;
    for (size_t i = 0; i + 1 < length; i += 2) {
        uint16_t word;
        memcpy(&word, (const char *)data + i, sizeof word);
        sum += word;
    }
    sum = (sum & 0xffff) + (sum >> 16);
    return (uint16_t)(0xffff - ((sum & 0xffff) + (sum >> 16)));
}

/* Sends an ICMP message of type "destination unreachable" about the last datagram, so many times. */
static void complain(struct peer *peer, uint8_t code, uint16_t mtu, long times) {
    struct sockaddr_in local;
    socklen_t size = sizeof local;
    int raw = socket(AF_INET, SOCK_RAW, IPPROTO_ICMP);
    if (raw < 0 || getsockname(peer->fd, (struct sockaddr *)&local, &size) < 0) {
        error(1, errno, "a raw socket failed");
    }
    struct {
        struct icmphdr icmp;
        struct iphdr ip;
        struct udphdr udp;
    } packet = {.icmp = {.type = ICMP_DEST_UNREACH, .code = code, .un.frag.mtu = htons(mtu)},
                .ip = {.version = 4,
                       .ihl = 5,
                       .tot_len = htons(sizeof packet.ip + sizeof packet.udp),
                       .ttl = IPDEFTTL,
                       .protocol = IPPROTO_UDP,
                       .saddr = peer->sender.v4.sin_addr.s_addr,
                       .daddr = local.sin_addr.s_addr},
                .udp = {.source = peer->sender.v4.sin_port, .dest = local.sin_port, .len = htons(sizeof packet.udp)}};
    packet.icmp.checksum = internet_checksum(&packet, sizeof packet);
    if (bind(raw, (struct sockaddr *)&local, sizeof local) < 0) {
        error(1, errno, "a raw socket failed");
    }
    while (times-- > 0) {
        if (sendto(raw, &packet, sizeof packet, 0, &peer->sender.any, sizeof peer->sender.v4) < 0) {
            error(1, errno, "sending ICMP failed");
        }
    }
    close(raw);
}

/* What the kernel would have said if the port were closed; here a test decides when. */
static void do_refuse(struct peer *peer, const char *times) {
    char text[ENDPOINT_TEXT_SIZE];
    complain(peer, ICMP_PORT_UNREACH, 0, strtol(times, NULL, 10));
    printf("refused %s\n", endpoint_text(&peer->sender.any, text));
}

/* What a router on the way would have said about a packet that is too long for the next network. */
static void do_lower(struct peer *peer, const char *mtu) {
    char text[ENDPOINT_TEXT_SIZE];
    complain(peer, ICMP_FRAG_NEEDED, (uint16_t)strtol(mtu, NULL, 10), 1);
    printf("lowered %s\n", endpoint_text(&peer->sender.any, text));
}

static void do_close(struct peer *peer) {
    if (close(peer->fd) < 0) {
        error(1, errno, "close failed");
    }
    open_socket(peer, AF_INET);
    printf("closed\n");
}

/* What follows the word and a blank, or NULL when the line is another command. */
static char *after(char *line, const char *word) {
    size_t length = strlen(word);
    return strncmp(line, word, length) == 0 && line[length] == ' ' ? line + length + 1 : NULL;
}

static void obey(struct peer *peer, char *line, size_t length) {
    char *rest;
    if ((rest = after(line, "bind")) != NULL) {
        do_bind(peer, rest);
    } else if ((rest = after(line, "connect")) != NULL) {
        do_connect(peer, rest);
    } else if ((rest = after(line, "join")) != NULL) {
        do_join(peer, rest);
    } else if ((rest = after(line, "reply")) != NULL) {
        printf("replied %zd bytes\n", send_to(peer, &peer->sender, rest, length - (size_t)(rest - line)));
    } else if ((rest = after(line, "send")) != NULL) {
        do_send(peer, rest, length - (size_t)(rest - line));
    } else if (strcmp(line, "receive") == 0) {
        do_receive(peer, 0);
    } else if (strcmp(line, "look") == 0) {
        do_receive(peer, MSG_DONTWAIT);
    } else if (strcmp(line, "broadcast") == 0) {
        do_broadcast(peer);
    } else if (strcmp(line, "refuse") == 0) {
        do_refuse(peer, "1");
    } else if ((rest = after(line, "refuse")) != NULL) {
        do_refuse(peer, rest);
    } else if ((rest = after(line, "lower")) != NULL) {
        do_lower(peer, rest);
    } else if (strcmp(line, "close") == 0) {
        do_close(peer);
    } else {
        error(2, 0, "no such command: '%s'", line);
    }
}

int main(void) {
    struct peer peer;
    open_socket(&peer, AF_INET);
    char line[COMMAND_SIZE];
    ssize_t length;
    while ((length = read_line(stdin, line, sizeof line)) >= 0) {
        obey(&peer, line, (size_t)length);
    }
    return 0;
}
