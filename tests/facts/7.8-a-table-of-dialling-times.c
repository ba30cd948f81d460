/* 7.8 A blog's table of dialling times
 * verdict  True, but
 * text     TCP is dearer than UDP: yes
 *          a Unix datagram socket without a file of its own costs no more than UDP: yes
 *          with a file, made by bind, it costs much more: yes
 *          the first call of a process is dearer than the middle one: yes
 * needs    loopback
 */
#include "timing.h"
#include <sys/un.h>

static struct sockaddr_un mine = {.sun_family = AF_UNIX}, theirs = {.sun_family = AF_UNIX};

static void by_udp(void) {
    close(udp_to(LO, 7001));
}

static void by_tcp(void) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    must("connect", connect_to(fd, LO, 7001));
    /* A reset at once leaves no connection in TIME_WAIT. */
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &(struct linger){1, 0}, sizeof(struct linger));
    close(fd);
}

static void by_unixgram(void) {
    int fd = socket(AF_UNIX, SOCK_DGRAM, 0);
    must("connect", connect(fd, (struct sockaddr *)&theirs, sizeof theirs));
    close(fd);
}

static void by_unixgram_with_file(void) {
    int fd = socket(AF_UNIX, SOCK_DGRAM, 0);
    must("bind", bind(fd, (struct sockaddr *)&mine, sizeof mine));
    must("connect", connect(fd, (struct sockaddr *)&theirs, sizeof theirs));
    close(fd);
    unlink(mine.sun_path);
}

/* Answers every connection by taking it off the queue. */
static void *accept_all(void *listener) {
    for (;;)
        close(accept(*(int *)listener, NULL, NULL));
    return NULL;
}

int main(void) {
    double first = seconds_of(by_udp, 1);
    char folder[] = "/tmp/fact-XXXXXX";
    if (!mkdtemp(folder))
        cannot(folder);
    snprintf(mine.sun_path, sizeof mine.sun_path, "%s/mine", folder);
    snprintf(theirs.sun_path, sizeof theirs.sun_path, "%s/theirs", folder);
    int server = socket(AF_UNIX, SOCK_DGRAM, 0), listener = socket(AF_INET, SOCK_STREAM, 0);
    must("bind", bind(server, (struct sockaddr *)&theirs, sizeof theirs));
    must("bind", bind_to(listener, LO, 7001));
    must("listen", listen(listener, 1000));
    pthread_t acceptor;
    pthread_create(&acceptor, NULL, accept_all, &listener);

    double tcp = ratio(by_tcp, by_udp, 50), unixgram = ratio(by_unixgram, by_udp, 50),
           with_file = ratio(by_unixgram_with_file, by_udp, 50), middle = seconds_of(by_udp, 1000) / 1000;
    unlink(theirs.sun_path);
    rmdir(folder);
    printf("TCP is dearer than UDP: %s\n", yes(tcp > 1));
    printf("a Unix datagram socket without a file of its own costs no more than UDP: %s\n", yes(unixgram < 1.3));
    printf("with a file, made by bind, it costs much more: %s\n", yes(with_file > 1.3));
    printf("the first call of a process is dearer than the middle one: %s\n", yes(first > middle));
    printf("note: UDP %.1f us (the first %.1f us), TCP %.1f times that, Unix datagram %.1f, with a file %.1f\n",
           middle * 1e6, first * 1e6, tcp, unixgram, with_file);
}
