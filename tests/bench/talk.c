/**
 * @file
 * A program for scenes and tests: it does on one socket what its arguments say, one after the other,
 * and prints nothing but what it is told to.
 *
 *     talk udp connect:127.0.0.1:43211 send:g1 recv
 */
#include <arpa/inet.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/** The socket that everything is done on. */
static int fd = -1;

/** Reads "10.0.0.1:7". */
static struct sockaddr_in address_of(const char *text) {
    struct sockaddr_in address = {.sin_family = AF_INET};
    char ip[64] = "";
    unsigned port = 0;

    if (sscanf(text, "%63[0-9.]:%u", ip, &port) != 2 || inet_pton(AF_INET, ip, &address.sin_addr) != 1)
        _exit(99);
    address.sin_port = htons((uint16_t)port);
    return address;
}

static int start_socket(const char *what) {
    const int yes = 1;

    if (strcmp(what, "tcp") == 0)
        fd = socket(AF_INET, SOCK_STREAM, 0);
    else if (strcmp(what, "udp6") == 0)
        fd = socket(AF_INET6, SOCK_DGRAM, 0);
    else
        fd = socket(AF_INET, SOCK_DGRAM, 0);
    return strcmp(what, "tcp") == 0 ? setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) : 0;
}

static void *receive_in_thread(void *unused) {
    char bytes[65536];
    if (recv(fd, bytes, sizeof bytes, 0) < 0)
        return NULL;
    return unused;
}

/** Sends to an address; the text follows its second colon. */
static void send_to(const char *value) {
    const char *text = strchr(strchr(value, ':') + 1, ':') + 1;
    struct sockaddr_in address = address_of(value);

    if (sendto(fd, text, strlen(text), 0, (struct sockaddr *)&address, sizeof address) < 0)
        return;
}

static void flood(const char *value) {
    struct sockaddr_in address = address_of(strchr(value, ':') + 1);

    for (int i = 0; i < atoi(value); i++)
        if (sendto(fd, &i, sizeof i, 0, (struct sockaddr *)&address, sizeof address) < 0)
            _exit(98);
}

static void set_deadline(const char *milliseconds) {
    struct timeval time = {atoi(milliseconds) / 1000, atoi(milliseconds) % 1000 * 1000};
    if (setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time) < 0)
        _exit(97);
}

/** Carries out one step. Calls may fail: that is what the recording is to show. */
static void step(const char *verb, const char *value) {
    static char bytes[65536];
    struct sockaddr_in from;
    struct sockaddr_in address = {.sin_family = AF_UNSPEC};
    socklen_t size = sizeof from;
    static pthread_t thread;
    ssize_t done = 0;

    if (strcmp(verb, "bind") == 0 || strcmp(verb, "connect") == 0)
        address = address_of(value);
    if (strcmp(verb, "udp") == 0 || strcmp(verb, "udp6") == 0 || strcmp(verb, "tcp") == 0)
        done = start_socket(verb);
    else if (strcmp(verb, "bind") == 0)
        done = bind(fd, (struct sockaddr *)&address, sizeof address);
    else if (strcmp(verb, "connect") == 0 || strcmp(verb, "dissolve") == 0)
        done = connect(fd, (struct sockaddr *)&address, sizeof address);
    else if (strcmp(verb, "send") == 0)
        done = send(fd, value, strlen(value), MSG_NOSIGNAL);
    else if (strcmp(verb, "fill") == 0)
        done = send(fd, memset(bytes, 'x', sizeof bytes), (size_t)atoi(value), 0);
    else if (strcmp(verb, "to") == 0)
        send_to(value);
    else if (strcmp(verb, "reply") == 0 && recvfrom(fd, bytes, 4096, 0, (struct sockaddr *)&from, &size) >= 0)
        done = sendto(fd, value, strlen(value), 0, (struct sockaddr *)&from, size);
    else if (strcmp(verb, "recv") == 0)
        done = recv(fd, bytes, sizeof bytes, 0);
    else if (strcmp(verb, "deadline") == 0)
        set_deadline(value);
    else if (strcmp(verb, "listen") == 0)
        done = listen(fd, 5);
    else if (strcmp(verb, "accept") == 0)
        fd = accept(fd, NULL, NULL);
    else if (strcmp(verb, "close") == 0)
        done = close(fd);
    else if (strcmp(verb, "shutdown") == 0)
        done = shutdown(fd, SHUT_RDWR);
    else if (strcmp(verb, "flood") == 0)
        flood(value);
    else if (strcmp(verb, "say") == 0)
        done = printf("%s\n", value) + fflush(stdout);
    else if (strcmp(verb, "line") == 0)
        done = read(STDIN_FILENO, bytes, 100);
    else if (strcmp(verb, "closein") == 0)
        done = close(STDIN_FILENO);
    else if (strcmp(verb, "thread") == 0)
        done = pthread_create(&thread, NULL, receive_in_thread, NULL);
    else if (strcmp(verb, "join") == 0)
        done = pthread_join(thread, NULL);
    else if (strcmp(verb, "child") == 0 && fork() == 0)
        done = send(fd, value, strlen(value), 0), _exit(0);
    else if (strcmp(verb, "wait") == 0)
        done = wait(NULL);
    else if (strcmp(verb, "kill") == 0)
        done = raise(atoi(value));
    else if (strcmp(verb, "exit") == 0)
        _exit(atoi(value));
    if (done < 0)
        errno = 0;
}

int main(int argc, char **argv) {
    for (int i = 1; i < argc; i++) {
        char *colon = strchr(argv[i], ':');
        if (colon)
            *colon = '\0';
        step(argv[i], colon ? colon + 1 : "");
    }
    return 0;
}
