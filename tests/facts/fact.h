/**
 * @file
 * @brief The words in which a probe tells its story.
 *
 * A probe tries one fact of docs/facts.md. It acts, and prints one line for each thing that it saw; tools/facts
 * compares these lines with the text in the probe's head. A line that begins with "note: " is shown and not compared.
 *
 * An ordinary program, to be tried alone: gcc -D_GNU_SOURCE -o probe tests/facts/1.6-recv-is-refused.c && ./probe
 */
#ifndef FACT_H
#define FACT_H

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/errqueue.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define LO "127.0.0.1"
#define NOBODY 7009  /* the port that no probe binds */
#define PATIENCE 400 /* milliseconds until "nothing": what comes at all on these networks comes at once */
#define CANNOT 77    /* the exit status of a probe that cannot be tried here */

/* Ends a probe that this machine does not let do its work. */
static inline void cannot(const char *what) {
    fprintf(stderr, "%s: %s\n", what, strerror(errno));
    exit(CANNOT);
}

static inline long must(const char *what, long result) {
    if (result < 0)
        cannot(what);
    return result;
}

/* --- addresses ------------------------------------------------------------------------------------------------ */

static inline struct sockaddr_in at(const char *address, int port) {
    struct sockaddr_in sin = {.sin_family = AF_INET, .sin_port = htons((in_port_t)port)};
    inet_pton(AF_INET, address, &sin.sin_addr);
    return sin;
}

/* A port that the kernel chose differs from run to run, so only its kind is told. */
static inline const char *address_text(struct sockaddr_in sin) {
    static char texts[4][INET_ADDRSTRLEN + sizeof ":ephemeral"];
    static int next;
    char *text = texts[next++ % 4];
    int port = ntohs(sin.sin_port);
    inet_ntop(AF_INET, &sin.sin_addr, text, INET_ADDRSTRLEN);
    if (port >= 32768)
        strcat(text, ":ephemeral");
    else
        sprintf(text + strlen(text), ":%d", port);
    return text;
}

/* --- sockets -------------------------------------------------------------------------------------------------- */

static inline int udp(void) {
    return (int)must("socket", socket(AF_INET, SOCK_DGRAM, 0));
}

static inline int bind_to(int fd, const char *address, int port) {
    struct sockaddr_in sin = at(address, port);
    return bind(fd, (struct sockaddr *)&sin, sizeof sin);
}

static inline int connect_to(int fd, const char *address, int port) {
    struct sockaddr_in sin = at(address, port);
    return connect(fd, (struct sockaddr *)&sin, sizeof sin);
}

static inline ssize_t send_to(int fd, const char *text, const char *address, int port) {
    struct sockaddr_in sin = at(address, port);
    return sendto(fd, text, strlen(text), 0, (struct sockaddr *)&sin, sizeof sin);
}

/* An unconnected socket with a port of its own: a server. */
static inline int udp_at(const char *address, int port) {
    int fd = udp();
    must("bind", bind_to(fd, address, port));
    return fd;
}

/* A connected socket: a client. */
static inline int udp_to(const char *address, int port) {
    int fd = udp();
    must("connect", connect_to(fd, address, port));
    return fd;
}

static inline int dissolve(int fd) {
    struct sockaddr nobody = {.sa_family = AF_UNSPEC};
    return connect(fd, &nobody, sizeof nobody);
}

static inline int set(int fd, int level, int option, int value) {
    return setsockopt(fd, level, option, &value, sizeof value);
}

static inline int get(int fd, int level, int option) {
    int value = -1;
    socklen_t length = sizeof value;
    return getsockopt(fd, level, option, &value, &length) < 0 ? -1 : value;
}

static inline struct sockaddr_in address_of(int fd) {
    struct sockaddr_in sin = {0};
    socklen_t length = sizeof sin;
    must("getsockname", getsockname(fd, (struct sockaddr *)&sin, &length));
    return sin;
}

static inline int port_of(int fd) {
    return ntohs(address_of(fd).sin_port);
}

/* --- what was seen -------------------------------------------------------------------------------------------- */

/* "ok", or the name of the error. */
static inline const char *outcome(long result) {
    return result >= 0 ? "ok" : strerrorname_np(errno);
}

static inline const char *yes(bool it_is) {
    return it_is ? "yes" : "no";
}

static inline const char *local(int fd) {
    return address_text(address_of(fd));
}

static inline const char *peer(int fd) {
    struct sockaddr_in sin = {0};
    socklen_t length = sizeof sin;
    return getpeername(fd, (struct sockaddr *)&sin, &length) < 0 ? outcome(-1) : address_text(sin);
}

/* Whether a datagram or an error comes within this time. On a busy machine with an older kernel, it comes a moment
 * after send. */
static inline bool await(int fd, int milliseconds) {
    struct pollfd wait = {.fd = fd, .events = POLLIN};
    return poll(&wait, 1, milliseconds) > 0;
}

/* Receives one datagram, and stores its sender: the text, "(empty)", "nothing", or the name of the error. */
static inline const char *hear_from(int fd, struct sockaddr_in *from) {
    static char texts[4][100];
    static int next;
    char *text = texts[next++ % 4];
    socklen_t length = sizeof *from;
    await(fd, PATIENCE);
    ssize_t n = recvfrom(fd, text, sizeof texts[0] - 1, MSG_DONTWAIT, (struct sockaddr *)from, &length);
    if (n < 0)
        return errno == EAGAIN ? "nothing" : outcome(n);
    text[n] = '\0';
    return n > 0 ? text : "(empty)";
}

static inline const char *hear(int fd) {
    struct sockaddr_in from;
    return hear_from(fd, &from);
}

/* Empties the receive queue: how many datagrams were in it? */
static inline int drain(int fd) {
    char byte;
    int datagrams = 0;
    while (await(fd, 50))
        datagrams += recv(fd, &byte, 1, MSG_DONTWAIT) >= 0;
    return datagrams;
}

/* A counter of this host's kernel, such as "Udp:", "NoPorts": what nstat calls UdpNoPorts. */
static inline long counter(const char *protocol, const char *name) {
    static const char *const files[] = {"/proc/thread-self/net/snmp", "/proc/thread-self/net/netstat"};
    char names[8192], values[8192], *after_name, *after_value;
    long found = -1;
    for (size_t i = 0; i < 2; i++) {
        FILE *file = fopen(files[i], "r");
        if (!file)
            cannot(files[i]);
        while (found < 0 && fgets(names, sizeof names, file) && fgets(values, sizeof values, file)) {
            char *word = strtok_r(names, " \n", &after_name), *value = strtok_r(values, " \n", &after_value);
            if (strcmp(word, protocol) != 0)
                continue;
            while (word && value && strcmp(word, name) != 0) {
                word = strtok_r(NULL, " \n", &after_name);
                value = strtok_r(NULL, " \n", &after_value);
            }
            found = word && value ? atol(value) : -1;
        }
        fclose(file);
    }
    return found;
}

/* --- a LAN ---------------------------------------------------------------------------------------------------- */

/* Runs a command of the shell, such as a rule of nft or a route of ip. */
static inline void shell(const char *format, ...) {
    char command[1000];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(command, sizeof command, format, arguments);
    va_end(arguments);
    if (system(command) != 0) {
        fprintf(stderr, "failed: %s\n", command);
        exit(CANNOT);
    }
}

/* From here on this thread is on that host: what it opens belongs to that host's network. */
static inline void on(const char *host) {
    char path[100];
    snprintf(path, sizeof path, "/run/netns/%s", host);
    int fd = (int)must(path, open(path, O_RDONLY | O_CLOEXEC));
    must(host, setns(fd, CLONE_NEWNET));
    close(fd);
}

/* A link is up a moment after it was set up, and drops what is sent before. */
static inline void await_link(const char *host, const char *device) {
    shell("until ip -n %s -br link show %s | grep -q ' UP '; do sleep 0.01; done", host, device);
}

/* Makes bob a router: behind him, in a network of its own, is dave with 10.0.1.4. */
static inline void dave_behind_bob(void) {
    shell("ip netns add dave && ip -n bob link add eth1 type veth peer name eth0 netns dave");
    shell("ip -n bob addr add 10.0.1.1/24 dev eth1 && ip -n bob link set eth1 up");
    shell("ip -n dave addr add 10.0.1.4/24 dev eth0 && ip -n dave link set eth0 up");
    await_link("bob", "eth1");
    await_link("dave", "eth0");
    shell("ip -n dave route add default via 10.0.1.1 && ip -n alice route add 10.0.1.0/24 via 10.0.0.2");
    shell("ip netns exec bob sysctl -qw net.ipv4.ip_forward=1");
}

#endif
