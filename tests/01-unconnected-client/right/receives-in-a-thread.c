/*
 * Program: udpclient
 * Differs: a thread waits for each reply
 */
#include "lib/common.h"

struct exchange {
    int fd;
    struct sockaddr_in server;
    char reply[2 * MAXLINE];
};

static void *receive(void *argument) {
    struct exchange *exchange = argument;
    struct sockaddr_in sender;
    ssize_t received;
    do {
        socklen_t size = sizeof sender;
        received =
            recvfrom(exchange->fd, exchange->reply, sizeof exchange->reply - 1, 0, (struct sockaddr *)&sender, &size);
        if (received < 0) {
            error(1, errno, "recvfrom failed");
        }
    } while (!same_address(&sender, &exchange->server));
    exchange->reply[received] = '\0';
    return NULL;
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

        struct exchange exchange = {.fd = fd, .server = server};
        pthread_t thread;
        if (pthread_create(&thread, NULL, receive, &exchange) != 0 || pthread_join(thread, NULL) != 0) {
            error(1, 0, "no thread");
        }
        printf("%s\n", exchange.reply);
    }
    return 0;
}
