/*
 * Program: udpmulticast
 * Mistake: reports the end of the wait as a failed call
 * Caught by: a group without members is silent: nobody answered
 * Feedback: nobody answered
 * Feedback: EAGAIN
 * Also fails: one deadline ends the whole wait, however many replies come
 */
#include "lib/common.h"

int main(int argc, char **argv) {
    if (argc != 2) {
        error(2, 0, "usage: %s <group>", argv[0]);
    }
    struct sockaddr_in group = ipv4_address(argv[1], SERV_PORT);
    if (!IN_MULTICAST(ntohl(group.sin_addr.s_addr))) {
        error(2, 0, "'%s' is not a multicast group (224.0.0.0 to 239.255.255.255)", argv[1]);
    }

    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (fd < 0) {
        error(1, errno, "socket failed");
    }
    set_receive_deadline(fd);

    char line[MAXLINE];
    ssize_t length = read_line(stdin, line, sizeof line);
    if (length < 0) {
        error(1, 0, "there is no line to send");
    }
    printf("now sending %s\n", line);

    /* Task 5: send the line to the group. No permission is needed: only who has joined will hear it. */
    ssize_t sent = sendto(fd, line, (size_t)length, 0, (struct sockaddr *)&group, sizeof group);
    if (sent < 0) {
        error(1, errno, "sendto failed");
    }
    printf("send bytes: %zd\n", sent);

    /* recvfrom itself ends at the deadline. */
    int replies = 0;
    for (;;) {
        /* Task 6: receive a reply and its sender's address: a member's own, never the group's. */
        char reply[2 * MAXLINE];
        struct sockaddr_in sender;
        socklen_t sender_size = sizeof sender;
        ssize_t received = recvfrom(fd, reply, sizeof reply - 1, 0, (struct sockaddr *)&sender, &sender_size);
        if (received < 0) {
            error(1, errno, "recvfrom failed");
        }
        reply[received] = '\0';
        char text[ADDRESS_TEXT_SIZE];
        printf("%s: %s\n", address_text(&sender, text), reply);
        replies++;
    }
    if (replies == 0) {
        error(1, 0, "nobody answered");
    }
    return 0;
}
