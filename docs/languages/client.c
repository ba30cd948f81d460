#include <arpa/inet.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/time.h>

int main(void) {
    struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons(43211)};
    struct timeval deadline = {.tv_sec = 2};
    char reply[4096];
    inet_pton(AF_INET, "127.0.0.1", &server.sin_addr);
    int client = socket(AF_INET, SOCK_DGRAM, 0);
    setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &deadline, sizeof deadline);
    if (connect(client, (struct sockaddr *)&server, sizeof server) < 0 || send(client, "hello", 5, 0) < 0)
        perror("send");
    ssize_t n = recv(client, reply, sizeof reply, 0);
    if (n < 0)
        perror("recv");
    else
        printf("%.*s\n", (int)n, reply);
}
