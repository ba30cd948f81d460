/*
 * 09-two-address-families: how does a client find the address that answers?
 *
 * Run:     ./udpdualclient localhost      or several names and addresses: ::1 127.0.0.1 fe80::2%eth0
 * Prints:  asking [::1]:43211
 *          asking 127.0.0.1:43211
 *          Hi, g1
 * Nobody at an address:  [::1]:43211: Connection refused (111)
 */
#include "lib/common.h"

enum { MOST_NAMES = 8 };

/* All the addresses of a name, those first that should be tried first. */
static struct addrinfo *addresses_of(const char *name) {
    struct addrinfo hints = {0}, *first = NULL;
    char port[sizeof "65535"];
    snprintf(port, sizeof port, "%d", SERV_PORT);
    /* Task 5: ask for addresses of either family, for datagrams. */
    int failed = (int)todo("5: ask for all addresses of this name", name, port, &hints, &first);
    if (failed != 0) {
        error(2, 0, "'%s': %s", name, gai_strerror(failed));
    }
    return first;
}

/* Sends a line and prints the answer. Returns false when there is none; errno says why. */
static bool ask(int fd, const char *line, size_t length) {
    char reply[sizeof "Hi, " + MAXLINE];
    ssize_t received;
    if (send(fd, line, length, 0) < 0 || (received = recv(fd, reply, sizeof reply - 1, 0)) < 0) {
        return false;
    }
    reply[received] = '\0';
    printf("%s\n", reply);
    return true;
}

/* Tries one address. Returns a socket whose peer has answered, or -1. */
static int try_address(const struct addrinfo *there, const char *line, size_t length) {
    char text[ENDPOINT_TEXT_SIZE];
    printf("asking %s\n", endpoint_text(there->ai_addr, text));
    /* Task 6: make a socket for this address's family. This machine may have none. */
    int fd = (int)todo("6: make a socket for this address's family", there);
    if (fd >= 0) {
        set_receive_deadline(fd);
        /* A connect that succeeds proves nothing: only an answer does. */
        if (todo("6: connect, and ask", there, line, length, ask)) {
            return fd;
        }
    }
    error(0, errno, "%s", text);
    if (fd >= 0) {
        close(fd);
    }
    return -1;
}

/* Tries all addresses that were found, until one answers. */
static int find_server(struct addrinfo *const found[], const char *line, size_t length) {
    int fd = -1;
    for (; *found != NULL && fd < 0; found++) {
        /* Task 7: try one address of this list after the other. */
        fd = (int)todo("7: try one address after the other", try_address, line, length);
    }
    return fd;
}

int main(int argc, char **argv) {
    struct addrinfo *found[MOST_NAMES + 1] = {NULL};
    if (argc < 2 || argc > MOST_NAMES + 1) {
        error(2, 0, "usage: %s <name-or-address>...", argv[0]);
    }
    for (int i = 0; i < argc - 1; i++) {
        found[i] = addresses_of(argv[i + 1]);
    }

    char line[MAXLINE];
    ssize_t length;
    int fd = -1, status = 0;
    while (status == 0 && (length = read_line(stdin, line, sizeof line)) >= 0) {
        /* The address that has answered once is asked again. If it has gone, all are tried anew. */
        if (fd < 0 || !ask(fd, line, (size_t)length)) {
            if (fd >= 0) {
                error(0, errno, "the server has gone");
                close(fd);
            }
            fd = find_server(found, line, (size_t)length);
            status = fd < 0 ? 1 : 0;
        }
    }
    for (int i = 0; i < argc - 1; i++) {
        freeaddrinfo(found[i]);
    }
    return status;
}
