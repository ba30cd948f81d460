/*
 * 02-connected-client: what does connect() change, if it sends nothing?
 *
 * Run:     ./udpconnectclient 127.0.0.1      one line of input, one datagram, one reply
 * Prints:  now sending g1
 *          send bytes: 2
 *          Hi, g1
 * Nobody there:  recv failed: Connection refused (111)
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

    /* Task 1: set the peer. No packet is sent; only this socket changes. */
    if (connect(fd, (struct sockaddr *)&server, sizeof server) < 0) {
        error(1, errno, "connect failed");
    }

    char line[MAXLINE];
    ssize_t length;
    while ((length = read_line(stdin, line, sizeof line)) >= 0) {
        printf("now sending %s\n", line);

        /* Task 2: send the line to the peer. The socket knows the address, so the call passes none. */
        ssize_t sent = send(fd, line, (size_t)length, 0);
        if (sent < 0) {
            error(1, errno, "send failed");
        }
        printf("send bytes: %zd\n", sent);

        /* Task 3: receive the reply. Only the peer can send it; a refusal is reported here, too. */
        char reply[2 * MAXLINE];
        ssize_t received = recv(fd, reply, sizeof reply - 1, 0);
        if (received < 0) {
            error(1, errno, "recv failed");
        }
        reply[received] = '\0';
        printf("%s\n", reply);
    }
    return 0;
}
