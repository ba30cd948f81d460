/*
 * A client as one writes it for the lecture's lib/common.h, with the names and habits of such programs. The
 * test compiles it with the kit's header, and without a warning.
 */
#include "lib/common.h"

static int count;

static void recvfrom_int(int signo) {
    printf("\nreceived %d datagrams, signal %d\n", count, signo);
    exit(0);
}

int main(int argc, char **argv) {
    if (argc != 2) {
        error(1, 0, "usage: lecture_style <IPaddress>");
    }

    int socket_fd;
    socket_fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (socket_fd < 0) {
        error(1, errno, "create socket failed");
    }

    struct sockaddr_in server_addr, reply_addr;
    bzero(&server_addr, sizeof(server_addr));
    server_addr.sin_family = AF_INET;
    server_addr.sin_port = htons(SERV_PORT);
    inet_pton(AF_INET, argv[1], &server_addr.sin_addr);

    socklen_t server_len = sizeof(server_addr), len = sizeof(reply_addr);
    if (connect(socket_fd, (struct sockaddr *)&server_addr, server_len)) {
        error(1, errno, "connect failed");
    }

    signal(SIGINT, recvfrom_int);

    char message[MAXLINE], reply[MAXLINE + 1];
    while (fgets(message, MAXLINE, stdin) != NULL) {
        size_t n = strlen(message);
        if (n > 0 && message[n - 1] == '\n') {
            message[--n] = 0;
        }
        printf("now sending %s\n", message);
        ssize_t rt = sendto(socket_fd, message, n, 0, NULL, 0);
        if (rt < 0) {
            error(1, errno, "sendto failed");
        }
        printf("send bytes: %zd\n", rt);

        len = sizeof(reply_addr);
        rt = recvfrom(socket_fd, reply, MAXLINE, 0, (struct sockaddr *)&reply_addr, &len);
        if (rt < 0) {
            error(1, errno, "recvfrom failed");
        }
        reply[rt] = 0;
        count++;
        fputs(reply, stdout);
        fputs("\n", stdout);
    }
    exit(0);
}
