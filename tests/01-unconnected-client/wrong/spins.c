/*
 * Program: udpclient
 * Mistake: asks in a busy loop instead of waiting
 * Caught by: a silent server looks the same as no server
 * Feedback: thousands of times
 * Also fails: nobody listens: send succeeds, and the client receives nothing until the deadline
 * Also fails: a stranger's datagram is ignored when no reply comes
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

    char line[MAXLINE];
    ssize_t length;
    while ((length = read_line(stdin, line, sizeof line)) >= 0) {
        printf("now sending %s\n", line);

        ssize_t sent = sendto(fd, line, (size_t)length, 0, (struct sockaddr *)&server, sizeof server);
        if (sent < 0) {
            error(1, errno, "sendto failed");
        }
        printf("send bytes: %zd\n", sent);

        char reply[2 * MAXLINE];
        struct sockaddr_in sender;
        ssize_t received;
        do {
            socklen_t size = sizeof sender;
            received = recvfrom(fd, reply, sizeof reply - 1, MSG_DONTWAIT, (struct sockaddr *)&sender, &size);
            while (received < 0 && errno == EAGAIN) {
                received =
                    recvfrom(fd, reply, sizeof reply - 1, MSG_DONTWAIT, (struct sockaddr *)&sender, &size);
            }
            if (received < 0) {
                error(1, errno, "recvfrom failed");
            }
        } while (!same_address(&sender, &server));
        reply[received] = '\0';
        printf("%s\n", reply);
    }
    return 0;
}
