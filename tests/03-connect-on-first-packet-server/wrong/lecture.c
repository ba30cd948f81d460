/*
 * Program: udpconnectserver
 * Mistake: the lecture's server with its nine bugs
 * Caught by: a reply contains the whole message, and nothing of an earlier one
 * Feedback: more is printed than was received: nothing ends the text
 * Also fails: datagrams that others sent before the connect are neither answered nor counted
 * Also fails: goodbye ends the conversation, a message that only resembles it does not
 * Also fails: goodbye is counted but not answered, even as the first message
 * Also fails: the Ctrl-C handler prints nothing: the count is printed after it returns
 * Also fails: messages of 4092 bytes and more stay inside the buffers
 * Also fails: a client that closes its socket before the reply is noticed
 * Also fails: a second server reports that the port is in use
 * Also fails: Valgrind finds no memory error and no leak
 */
#include "lib/common.h"

int counter;

/* Ctrl-C: say how many there were, and leave */
void on_interrupt(int signo) {
    printf("\nreceived %d datagrams\n", counter);
    exit(0);
}

int main(int argc, char **argv) {
    char buffer[MAXLINE] = "";
    char answer[MAXLINE];
    struct sockaddr_in me, client;
    socklen_t length = sizeof(client);

    int sock = socket(AF_INET, SOCK_DGRAM, 0);
    memset(&me, 0, sizeof(me));
    me.sin_family = AF_INET;
    me.sin_port = htons(SERV_PORT);
    me.sin_addr.s_addr = htonl(INADDR_ANY);
    bind(sock, (struct sockaddr *)&me, sizeof(me));
    signal(SIGINT, on_interrupt);

    /* the first datagram tells who the client is */
    int n = recvfrom(sock, buffer, MAXLINE, 0, (struct sockaddr *)&client, &length);
    if (n < 0) {
        error(1, errno, "recv failed");
    }
    buffer[n] = 0;
    printf("received %d bytes: %s\n", n, buffer);
    if (connect(sock, (struct sockaddr *)&client, length) < 0) {
        error(1, errno, "connect failed");
    }

    while (strncmp(buffer, "goodbye", 7) != 0) {
        sprintf(answer, "Hi, %s", buffer);
        size_t sent = send(sock, answer, strlen(answer), 0);
        if (sent < 0) {
            error(1, errno, "send failed");
        }
        printf("send bytes: %zu\n", sent);

        size_t received = recv(sock, buffer, MAXLINE, 0);
        if (received < 0) {
            error(1, errno, "recv failed");
        }
        printf("received %zu bytes: %s\n", received, buffer);
        counter++;
    }
    return 0;
}
