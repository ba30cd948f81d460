/*
 * Program: udpclient
 * Mistake: sends all bytes of the buffer, not those of the line
 * Caught by: a line becomes one datagram, and its reply is printed
 * Feedback: the whole buffer was sent
 * Also fails: nobody listens: send succeeds, and the client receives nothing until the deadline
 * Also fails: nobody listens: an ICMP port unreachable comes back
 * Also fails: an empty line, a NUL byte and a line of 4095 bytes arrive unchanged
 * Also fails: a line of 10000 bytes arrives in pieces, and nothing is lost
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

    char line[MAXLINE] = "";
    ssize_t length;
    while ((length = read_line(stdin, line, sizeof line)) >= 0) {
        printf("now sending %s\n", line);

        ssize_t sent = sendto(fd, line, sizeof line, 0, (struct sockaddr *)&server, sizeof server);
        if (sent < 0) {
            error(1, errno, "sendto failed");
        }
        printf("send bytes: %zd\n", sent);

        char reply[2 * MAXLINE];
        struct sockaddr_in sender;
        ssize_t received;
        do {
            socklen_t size = sizeof sender;
            received = recvfrom(fd, reply, sizeof reply - 1, 0, (struct sockaddr *)&sender, &size);
            if (received < 0) {
                error(1, errno, "recvfrom failed");
            }
        } while (!same_address(&sender, &server));
        reply[received] = '\0';
        printf("%s\n", reply);
    }
    return 0;
}
