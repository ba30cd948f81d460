/*
 * Program: udpreconnect
 * Differs: a child process visits each server, through the socket that it shares with its parent
 */
#include "lib/common.h"

static struct sockaddr_in local_address(int fd) {
    struct sockaddr_in local = {0};
    socklen_t size = sizeof local;
    if (getsockname(fd, (struct sockaddr *)&local, &size) < 0) {
        error(1, errno, "getsockname failed");
    }
    return local;
}

/* Connects, sends the line, prints the reply. If a call fails, says which and returns false. */
static bool visit(int fd, const struct sockaddr_in *server, char *line, size_t length) {
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

/* Its exit status says how the visit went. */
static bool visit_in_a_child(int fd, const struct sockaddr_in *server, char *line, size_t length) {
    pid_t child = fork();
    if (child < 0) {
        error(1, errno, "fork failed");
    }
    if (child == 0) {
        bool well = visit(fd, server, line, length);
        fflush(stdout);
        _exit(well ? 0 : 1);
    }
    int status;
    if (waitpid(child, &status, 0) < 0) {
        error(1, errno, "waitpid failed");
    }
    return status == 0;
}

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
        (void)ipv4_address(argv[i], SERV_PORT);
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
        if (!visit_in_a_child(fd, &server, line, (size_t)length)) {
            status = 1;
        }
    }
    leave(fd);

    struct sockaddr_in local = local_address(fd);
    char text[ADDRESS_TEXT_SIZE];
    printf("disconnected, local address %s\n", address_text(&local, text));
    return status;
}
