/*
 * Program: udpecho
 * Differs: a thread sleeps in sigwait, and writes to an eventfd
 */
#include "lib/common.h"

#include <sys/eventfd.h>

enum { TRIES = 4, SEND_BUFFER = 2048 };
#define NEVER INT64_MAX

/* What ends a wait. The first three are also the places in the array of what is waited for. */
enum event { INTERRUPT, LINE, SOCKET, TIME_OVER };

static int told;

static void *wait_for_interrupt(void *set) {
    int number;
    uint64_t one = 1;
    if (sigwait(set, &number) != 0 || write(told, &one, sizeof one) < 0) {
        error(1, errno, "sigwait failed");
    }
    return NULL;
}

static int open_interrupt(void) {
    static sigset_t interrupt;
    pthread_t thread;
    sigemptyset(&interrupt);
    sigaddset(&interrupt, SIGINT);
    told = eventfd(0, EFD_CLOEXEC);
    if (told < 0 || pthread_sigmask(SIG_BLOCK, &interrupt, NULL) != 0 ||
        pthread_create(&thread, NULL, wait_for_interrupt, &interrupt) != 0 || pthread_detach(thread) != 0) {
        error(1, errno, "SIGINT cannot be caught");
    }
    return told;
}

/* The only call that sleeps. It waits for one of these, or for a moment, whichever comes first. */
static enum event wait_for(struct pollfd wait[], nfds_t count, int64_t until) {
    for (int64_t left; (left = until - monotonic_ms()) > 0;) {
        /* Task 3: wait until then, or without a limit. A wait that a signal interrupts goes on with what is left. */
        if (poll(wait, count, until == NEVER ? -1 : (int)left) < 0 && errno != EINTR) {
            error(1, errno, "poll failed");
        }
        for (enum event event = INTERRUPT; event < count; event++) {
            if (wait[event].revents != 0) {
                return event;
            }
        }
    }
    return TIME_OVER;
}

/* A line has come while a question waits. If it is not ".", it is the next question, and stays there until then. */
static bool is_cancelled(struct pollfd wait[]) {
    char line[MAXLINE];
    int first = getc(stdin);
    /* Task 4: take the line if it begins with a dot. If not, put the byte back, and wait for no more lines. */
    if (first == '.') {
        return read_line(stdin, line, sizeof line) >= 0;
    }
    ungetc(first, stdin);
    wait[LINE].fd = -1;
    return false;
}

/* Returns false when the send buffer is full. */
static bool send_question(int fd, const char *line, size_t length) {
    /* Task 5: send. A full buffer (EAGAIN) is not an error: there will be room. */
    ssize_t sent = send(fd, line, length, 0);
    if (sent < 0 && errno == EAGAIN) {
        return false;
    }
    if (sent < 0) {
        error(1, errno, "send failed");
    }
    printf("send bytes: %zd\n", sent);
    return true;
}

/* Receives a datagram. It can be a late answer, to a question that is over. */
static bool is_answered(int fd, const char *line, size_t length) {
    char reply[sizeof "Hi, " + MAXLINE];
    ssize_t received = recv(fd, reply, sizeof reply - 1, 0);
    if (received < 0 && errno != EAGAIN) {
        error(1, errno, "recv failed");
    }
    /* Task 6: the answer is "Hi, " and this question. Print it, and pass over all others. */
    if (received != (ssize_t)length + 4 || memcmp(reply + 4, line, length) != 0) {
        return false;
    }
    reply[received] = '\0';
    printf("%s\n", reply);
    return true;
}

/* Asks, TRIES times at most. One moment ends it all, whatever comes before. */
static enum event ask(struct pollfd wait[], const char *line, size_t length) {
    int64_t begun = monotonic_ms();
    enum event event = TIME_OVER;
    for (int try = 1; try <= TRIES && event == TIME_OVER; try++) {
        /* Task 7: send, and wait until this try is over. The last one is over when the question is. */
        int64_t until = begun + timeout_ms() * try / TRIES;
        bool sent = false;
        do {
            sent = sent || send_question(wait[SOCKET].fd, line, length);
            wait[SOCKET].events = sent ? POLLIN : POLLIN | POLLOUT;
            event = wait_for(wait, 3, until);
        } while ((event == LINE && !is_cancelled(wait)) ||
                 (event == SOCKET && !is_answered(wait[SOCKET].fd, line, length)));
    }
    return event;
}

int main(int argc, char **argv) {
    if (argc != 2) {
        error(2, 0, "usage: %s <IPaddress>", argv[0]);
    }
    struct sockaddr_in server = ipv4_address(argv[1], SERV_PORT);

    /* Task 1: make a UDP socket on which no call sleeps. */
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    int size = SEND_BUFFER; /* a small buffer: nobody can cancel what is in it */
    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof size) < 0) {
        error(1, errno, "socket failed");
    }
    if (connect(fd, (struct sockaddr *)&server, sizeof server) < 0) {
        error(1, errno, "connect failed");
    }
    struct pollfd wait[] = {{open_interrupt(), POLLIN, 0}, {STDIN_FILENO, POLLIN, 0}, {fd, POLLIN, 0}};
    /* What stdio has read ahead, poll does not see: read no byte ahead. */
    if (setvbuf(stdin, NULL, _IONBF, 0) != 0) {
        error(1, 0, "standard input cannot be unbuffered");
    }

    char line[MAXLINE];
    ssize_t length;
    int asked = 0, answered = 0, status = 0;
    enum event event = LINE;
    while (event != INTERRUPT && (wait[LINE].fd < 0 || wait_for(wait, 2, NEVER) == LINE) &&
           (length = read_line(stdin, line, sizeof line)) >= 0) {
        wait[LINE].fd = STDIN_FILENO;
        if (line[0] == '.') {
            continue; /* it came too late */
        }
        printf("now sending %s\n", line);
        event = ask(wait, line, (size_t)length);
        asked++;
        if (event == SOCKET) {
            answered++;
        } else if (event == LINE) {
            printf("cancelled\n");
        } else if (event == TIME_OVER) {
            error(0, 0, "no answer within %jd ms", (intmax_t)timeout_ms());
            status = 1;
        }
    }
    printf("answered %d of %d\n", answered, asked);
    return status;
}
