/*
 * 04-multiple-connect: can a socket be connected twice, and disconnected again?
 *
 * Run:     ./udpreconnect 127.0.0.1 127.0.0.2     for each address one line of input and one reply
 * Prints:  connected to 127.0.0.1:43211 from 127.0.0.1:52986
 *          send bytes: 2
 *          Hi, g1
 *          (the same for 127.0.0.2, through the same socket)
 *          disconnected, local address 0.0.0.0:0
 * If a server fails, the program names it on standard error, goes on to the next one, and exits with 1.
 */
#include "lib/common.h"

static struct sockaddr_in local_address(int fd) {
    struct sockaddr_in local = {0};
    socklen_t size = sizeof local;
    /* Task 2: the kernel chose this address, so only the kernel knows it. */
    todo("2: ask the socket for its own address", fd, local, size);
    return local;
}

/* Connects, sends the line, prints the reply. If a call fails, says which and returns false. */
static bool visit(int fd, const struct sockaddr_in *server, const char *line, size_t length) {
    char to[ADDRESS_TEXT_SIZE];
    char from[ADDRESS_TEXT_SIZE];
    address_text(server, to);

    /* Task 1: set the peer. If that fails, the line must not be sent to anybody. */
    todo("1: connect the socket to this server", fd, server, to);
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

/* Disconnects and empties the socket, so that nothing from this server is mistaken for the next one's. */
static void leave(int fd) {
    /* Task 3: dissolve the association. The socket then has no port, so nobody can reach it. */
    todo("3: dissolve the association", fd);

    /* Task 4: discard what arrived before that: late replies, a pending error. */
    todo("4: receive what is left, and do not wait for more", fd);
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
