/*
 * Program: udpreconnect
 * Differs: sends with sendmmsg, and empties the queue with recvmmsg, four datagrams at a time
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

    struct iovec bytes = {.iov_base = line, .iov_len = length};
    struct mmsghdr out = {.msg_hdr = {.msg_iov = &bytes, .msg_iovlen = 1}};
    if (sendmmsg(fd, &out, 1, 0) != 1) {
        error(0, errno, "send to %s failed", to);
        return false;
    }
    printf("send bytes: %u\n", out.msg_len);

    char reply[2 * MAXLINE];
    struct iovec room = {.iov_base = reply, .iov_len = sizeof reply - 1};
    struct mmsghdr in = {.msg_hdr = {.msg_iov = &room, .msg_iovlen = 1}};
    if (recvmmsg(fd, &in, 1, 0, NULL) != 1) {
        error(0, errno, "recv from %s failed", to);
        return false;
    }
    unsigned received = in.msg_len;
    reply[received] = '\0';
    printf("%s\n", reply);
    return true;
}

/* An error stops the call, so only "nothing is there" means that the queue is empty. */
static void leave(int fd) {
    struct sockaddr nobody = {.sa_family = AF_UNSPEC};
    if (connect(fd, &nobody, sizeof nobody) < 0) {
        error(1, errno, "disconnect failed");
    }
    struct mmsghdr dropped[4] = {0};
    while (recvmmsg(fd, dropped, 4, MSG_DONTWAIT, NULL) >= 0 || errno != EAGAIN) {
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
