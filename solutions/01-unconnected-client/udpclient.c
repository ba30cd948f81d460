/*
 * 01-unconnected-client: what does an ordinary UDP client learn when nobody listens?
 *
 * Run:     ./udpclient 127.0.0.1      one line of input, one datagram, one reply
 * Prints:  now sending g1
 *          send bytes: 2
 *          Hi, g1
 * Nobody there, after the deadline:  recvfrom failed: Resource temporarily unavailable (11)
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

    char line[MAXLINE];
    ssize_t length;
    while ((length = read_line(stdin, line, sizeof line)) >= 0) {
        printf("now sending %s\n", line);

        /* Task 1: send the line. The socket has no peer, so each call passes the address. */
        ssize_t sent = sendto(fd, line, (size_t)length, 0, (struct sockaddr *)&server, sizeof server);
        if (sent < 0) {
            error(1, errno, "sendto failed");
        }
        printf("send bytes: %zd\n", sent);

        char reply[2 * MAXLINE];
        struct sockaddr_in sender;
        ssize_t received;
        do {
            /* Task 2: receive a datagram and its sender's address. The wait ends at the deadline. */
            socklen_t size = sizeof sender;
            received = recvfrom(fd, reply, sizeof reply - 1, 0, (struct sockaddr *)&sender, &size);
            if (received < 0) {
                error(1, errno, "recvfrom failed");
            }

            /* Task 3: anybody can send to this port. Only a datagram from the server is the reply. */
        } while (!same_address(&sender, &server));
        reply[received] = '\0';
        printf("%s\n", reply);
    }
    return 0;
}
