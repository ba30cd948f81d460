/*
 * Program: udpreconnect
 * Mistake: passes getsockname the size instead of a pointer to it
 * Caught by: each server gets one line, and its reply is printed
 * Feedback: a pointer to its size
 * Also fails: one socket is used for all servers
 * Also fails: the local address is the one that the server sees
 * Also fails: at the end the socket is disconnected: no peer, no address, no port
 * Also fails: a server that refuses is reported, and the next one gets its line
 * Also fails: a late refusal is not reported for the next server
 * Also fails: a late reply is not mistaken for the next server's
 * Also fails: a late reply after a late refusal is discarded, too
 * Also fails: from 127.0.0.1 to a server on the LAN: the source address changes, too
 * Also fails: when connect fails, the line is not sent to anybody
 * Also fails: extra replies are discarded without waiting for more
 * Also fails: Valgrind finds no memory error and no leak
 */
#include "lib/common.h"

static struct sockaddr_in local_address(int fd) {
    struct sockaddr_in local = {0};
    socklen_t size = sizeof local;
    if (getsockname(fd, (struct sockaddr *)&local, (socklen_t *)(uintptr_t)size) < 0) {
        error(1, errno, "getsockname failed");
    }
    return local;
}

/* Connects, sends the line, prints the reply. If something fails, says what and returns false. */
static bool visit(int fd, const struct sockaddr_in *server, const char *line, size_t length) {
    char to[ADDRESS_TEXT_SIZE];
    char from[ADDRESS_TEXT_SIZE];
    address_text(server, to);

    if (connect(fd, (const struct sockaddr *)server, sizeof *server) < 0) {
        error(0, errno, "connect to %s failed", to);
        return false;
    }
    struct sockaddr_in local = local_address(fd);
    printf("connected to %s from %s\n", to, address_text(&local, from));

    ssize_t sent = send(fd, line, length, 0);
    if (sent < 0) {
        error(0, errno, "send to %s failed", to);
        return false;
    }
    printf("send bytes: %zd\n", sent);

    char reply[2 * MAXLINE];
    ssize_t received = recv(fd, reply, sizeof reply - 1, 0);
    if (received < 0) {
        error(0, errno, "recv from %s failed", to);
        return false;
    }
    reply[received] = '\0';
    printf("%s\n", reply);
    return true;
}

/* Makes the socket as good as new, so that nothing of this server meets the next one. */
static void leave(int fd) {
    struct sockaddr nobody = {.sa_family = AF_UNSPEC};
    if (connect(fd, &nobody, sizeof nobody) < 0) {
        error(1, errno, "disconnect failed");
    }

    char rest[1];
    while (recv(fd, rest, sizeof rest, MSG_DONTWAIT) >= 0 || errno != EAGAIN) {
    }
}

int main(int argc, char **argv) {
    if (argc < 2) {
        error(2, 0, "usage: %s <IPaddress>...", argv[0]);
    }
    for (int i = 1; i < argc; i++) {
        (void)ipv4_address(argv[i], SERV_PORT); /* a bad address ends the program before anything is sent */
    }

    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (fd < 0) {
        error(1, errno, "socket failed");
    }
    set_receive_deadline(fd);

    int status = 0;
    char line[MAXLINE];
    ssize_t length;
    for (int i = 1; i < argc && (length = read_line(stdin, line, sizeof line)) >= 0; i++) {
        struct sockaddr_in server = ipv4_address(argv[i], SERV_PORT);
        if (i > 1) {
            leave(fd);
        }
        if (!visit(fd, &server, line, (size_t)length)) {
            status = 1;
        }
    }
    leave(fd);

    struct sockaddr_in local = local_address(fd);
    char text[ADDRESS_TEXT_SIZE];
    printf("disconnected, local address %s\n", address_text(&local, text));
    return status;
}
