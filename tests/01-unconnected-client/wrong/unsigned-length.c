/*
 * Program: udpclient
 * Mistake: keeps what recvfrom returns in a size_t, which is never negative
 * Caught by: nobody listens: send succeeds, and the client receives nothing until the deadline
 * Feedback: went on as if a datagram had come: look at the result first. Can it be negative (ssize_t, not size_t)?
 * Also fails: a silent server looks the same as no server
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
    set_receive_deadline(fd);

    char line[MAXLINE];
    ssize_t length;
    while ((length = read_line(stdin, line, sizeof line)) >= 0) {
        printf("now sending %s\n", line);

        ssize_t sent = sendto(fd, line, (size_t)length, 0, (struct sockaddr *)&server, sizeof server);
        if (sent < 0) {
            error(1, errno, "sendto failed");
        }
        printf("send bytes: %zd\n", sent);

        char reply[2 * MAXLINE] = "";
        struct sockaddr_in sender = server;
        size_t received;
        do {
            socklen_t size = sizeof sender;
            received = (size_t)recvfrom(fd, reply, sizeof reply - 1, 0, (struct sockaddr *)&sender, &size);
            if (received < 0) {
                error(1, errno, "recvfrom failed");
            }
        } while (!same_address(&sender, &server));
        printf("%.*s\n", (int)received, reply);
    }
    return 0;
}
