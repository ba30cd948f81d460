/*
 * Program: udpconnectserver
 * Differs: the handler writes a byte into a pipe, and poll watches both; the socket does not block
 */
#include "lib/common.h"

static int wake[2];

static void wake_up(int number) {
    int saved = errno;
    (void)!write(wake[1], &number, 1);
    errno = saved;
}

static void catch_interrupts(void) {
    struct sigaction action = {.sa_handler = wake_up, .sa_flags = SA_RESTART};
    if (pipe(wake) < 0 || sigaction(SIGINT, &action, NULL) < 0) {
        error(1, errno, "SIGINT cannot be caught");
    }
}

static bool datagram_waits(int fd) {
    struct pollfd wait[] = {{.fd = fd, .events = POLLIN}, {.fd = wake[0], .events = POLLIN}};
    while (poll(wait, 2, -1) < 0) {
        if (errno != EINTR) {
            error(1, errno, "poll failed");
        }
    }
    return (wait[1].revents & POLLIN) == 0;
}

static int bound_socket(void) {
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    struct sockaddr_in local = ipv4_address("0.0.0.0", SERV_PORT);
    if (fd < 0) {
        error(1, errno, "socket failed");
    }
    if (bind(fd, (struct sockaddr *)&local, sizeof local) < 0) {
        error(1, errno, "bind failed");
    }
    return fd;
}

int main(void) {
    int fd = bound_socket();
    catch_interrupts();

    struct sockaddr_in client;
    int count = 0;
    while (datagram_waits(fd)) {
        char message[MAXLINE + 1];
        struct sockaddr_in sender = {0};
        socklen_t sender_size = sizeof sender;
        ssize_t received = recvfrom(fd, message, MAXLINE, 0, (struct sockaddr *)&sender, &sender_size);
        if (received < 0) {
            error(1, errno, "recv failed");
        }
        message[received] = '\0';

        if (count == 0) {
            client = sender;
            if (connect(fd, (struct sockaddr *)&client, sizeof client) < 0) {
                error(1, errno, "connect failed");
            }
        }
        if (!same_address(&sender, &client)) {
            continue;
        }
        count++;
        printf("received %zd bytes: %s\n", received, message);
        if (received == 7 && strcmp(message, "goodbye") == 0) {
            break;
        }

        char reply[4 + MAXLINE] = "Hi, ";
        memcpy(reply + 4, message, (size_t)received);
        ssize_t sent = send(fd, reply, 4 + (size_t)received, 0);
        if (sent < 0) {
            error(1, errno, "send failed");
        }
        printf("send bytes: %zd\n", sent);
    }
    printf("received %d datagrams\n", count);
    return 0;
}
