/*
 * Program: udpclient
 * Differs: a child process receives each reply, and hands it over through a pipe
 */
#include "lib/common.h"

/* Receives in a child, which writes the reply into a pipe. What ends the child with an error ends the program, too. */
static size_t receive_in_a_child(int fd, const struct sockaddr_in *server, char *reply, size_t capacity) {
    int pipe_ends[2];
    if (pipe(pipe_ends) < 0) {
        error(1, errno, "pipe failed");
    }
    pid_t child = fork();
    if (child < 0) {
        error(1, errno, "fork failed");
    }
    if (child == 0) {
        struct sockaddr_in sender;
        ssize_t received;
        do {
            socklen_t size = sizeof sender;
            received = recvfrom(fd, reply, capacity, 0, (struct sockaddr *)&sender, &size);
            if (received < 0) {
                error(1, errno, "recvfrom failed");
            }
        } while (!same_address(&sender, server));
        _exit(write(pipe_ends[1], reply, (size_t)received) == received ? 0 : 1);
    }
    close(pipe_ends[1]);
    size_t length = 0;
    ssize_t more;
    while ((more = read(pipe_ends[0], reply + length, capacity - length)) > 0) {
        length += (size_t)more;
    }
    close(pipe_ends[0]);
    int status;
    if (waitpid(child, &status, 0) < 0 || status != 0) {
        exit(1);
    }
    return length;
}

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

        char reply[2 * MAXLINE];
        reply[receive_in_a_child(fd, &server, reply, sizeof reply - 1)] = '\0';
        printf("%s\n", reply);
    }
    return 0;
}
