/*
 * Program: udpconnectclient
 * Differs: sends with write, and receives with read
 */
#include "lib/common.h"

int main(int argc, char **argv) {
    if (argc != 2) {
        error(2, 0, "usage: %s <IPaddress>", argv[0]);
    }
    struct sockaddr_in server = ipv4_address(argv[1], SERV_PORT);

    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (fd < 0) {
        error(1, errno, "socket failed");
    }
    set_receive_deadline(fd);

    if (connect(fd, (struct sockaddr *)&server, sizeof server) < 0) {
        error(1, errno, "connect failed");
    }

    char line[MAXLINE];
    ssize_t length;
    while ((length = read_line(stdin, line, sizeof line)) >= 0) {
        printf("now sending %s\n", line);

        ssize_t sent = write(fd, line, (size_t)length);
        if (sent < 0) {
            error(1, errno, "send failed");
        }
        printf("send bytes: %zd\n", sent);

        char reply[2 * MAXLINE];
        ssize_t received = read(fd, reply, sizeof reply - 1);
        if (received < 0) {
            error(1, errno, "recv failed");
        }
        reply[received] = '\0';
        printf("%s\n", reply);
    }
    return 0;
}
