/*
 * Program: udpmulticast
 * Differs: a second thread receives, the first one waits for the deadline; room for all replies on the heap
 */
#include "lib/common.h"

static int replies;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* Prints what comes, until the socket is closed for receiving. */
static void *listen_to_members(void *argument) {
    int fd = *(int *)argument;
    char *reply = malloc(65536);
    if (reply == NULL) {
        error(1, errno, "malloc failed");
    }
    for (;;) {
        struct pollfd waiting = {.fd = fd, .events = POLLIN};
        if (poll(&waiting, 1, 10) < 0) {
            error(1, errno, "poll failed");
        }
        struct sockaddr_in member;
        socklen_t size = sizeof member;
        pthread_mutex_lock(&lock);
        if (replies < 0) {
            pthread_mutex_unlock(&lock);
            free(reply);
            return NULL;
        }
        ssize_t length = recvfrom(fd, reply, 65535, MSG_DONTWAIT, (struct sockaddr *)&member, &size);
        if (length >= 0) {
            char text[ADDRESS_TEXT_SIZE];
            reply[length] = '\0';
            printf("%s: %s\n", address_text(&member, text), reply);
            replies++;
        }
        pthread_mutex_unlock(&lock);
    }
}

int main(int argc, char **argv) {
    if (argc != 2) {
        error(2, 0, "usage: %s <group>", argv[0]);
    }
    struct sockaddr_in group = ipv4_address(argv[1], SERV_PORT);
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (fd < 0) {
        error(1, errno, "socket failed");
    }
    set_receive_deadline(fd);
    char line[MAXLINE + 1];
    ssize_t length = read_line(stdin, line, sizeof line);
    if (length < 0) {
        error(1, 0, "there is no line to send");
    }
    if (length == MAXLINE) {
        error(2, 0, "the line is longer than %d bytes", MAXLINE - 1);
    }
    printf("now sending %s\n", line);
    ssize_t sent = sendto(fd, line, (size_t)length, 0, (struct sockaddr *)&group, sizeof group);
    if (sent < 0) {
        error(1, errno, "sendto failed");
    }
    printf("send bytes: %zd\n", sent);

    pthread_t thread;
    if (pthread_create(&thread, NULL, listen_to_members, &fd) != 0) {
        error(1, 0, "pthread_create failed");
    }
    struct timeval deadline;
    socklen_t size = sizeof deadline;
    if (getsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &deadline, &size) < 0) {
        error(1, errno, "getsockopt failed");
    }
    struct timespec pause = {.tv_sec = deadline.tv_sec, .tv_nsec = deadline.tv_usec * 1000};
    nanosleep(&pause, NULL);
    pthread_mutex_lock(&lock);
    int heard = replies;
    replies = -1;
    pthread_mutex_unlock(&lock);
    pthread_join(thread, NULL);
    if (heard == 0) {
        error(1, 0, "nobody answered");
    }
    return 0;
}
