/**
 * @file
 * @brief Calls one helper of the library, as told by the first argument, and prints what came of it.
 *
 * Driven by tests/kit/lib.bats. Observations go to standard output, where no test breaks that on purpose.
 */
#include "lib/common.h"

#include <ctype.h>

_Static_assert(SERV_PORT == 43211 && MAXLINE == 4096, "the sizes that the lecture's programs rely on");
_Static_assert(LISTENQ == 1024 && BUFFER_SIZE == 4096, "the sizes of the lecture's other programs");
_Static_assert(sizeof UNIXSTR_PATH <= sizeof((struct sockaddr_un *)0)->sun_path, "the path fits its address");
_Static_assert(sizeof "255.255.255.255:65535" == ADDRESS_TEXT_SIZE, "the longest address just fits");

static int number(const char *text) {
    return (int)strtol(text, NULL, 10);
}

/** STATUS ERRNUM MESSAGE: with text waiting in standard output and errno 7. */
static void call_error(char *arguments[]) {
    printf("waiting");
    errno = 7;
    error(number(arguments[0]), number(arguments[1]), "%s", arguments[2]);
    printf("; errno is still %d\n", errno);
}

/** No arguments: %m must show the errno of the caller, whatever flushing did to it. */
static void call_error_with_m(char *arguments[]) {
    (void)arguments;
    printf("waiting");
    errno = ECONNREFUSED;
    error(0, 0, "it was: %m");
}

/** TASK: a gap that is not filled, with variables of several types. */
static void reach_gap(char *arguments[]) {
    struct sockaddr_in address = {0};
    printf("waiting");
    ssize_t sent = todo(arguments[0], 3, arguments[0], sizeof address, address);
    printf("todo returned %zd\n", sent);
}

/** TEXT PORT: the address as bytes on the wire and as text again. */
static void convert_address(char *arguments[]) {
    struct sockaddr_in address = ipv4_address(arguments[0], (uint16_t)number(arguments[1]));
    const uint8_t *byte = (const uint8_t *)&address.sin_addr;
    const uint8_t *port = (const uint8_t *)&address.sin_port;
    char *text = malloc(ADDRESS_TEXT_SIZE); /* on the heap, so that ASan sees one byte too many */
    if (text == NULL)
        error(1, errno, "malloc failed");

    printf("family %s, bytes %d %d %d %d, port %d %d, text ", address.sin_family == AF_INET ? "AF_INET" : "?", byte[0],
           byte[1], byte[2], byte[3], port[0], port[1]);
    printf("%s", address_text(&address, text));
    for (size_t i = 0; i < sizeof address.sin_zero; i++)
        if (address.sin_zero[i] != 0)
            printf(", padding is not zero");
    printf("\n");
    free(text);
}

/** No arguments: the address of a socket whose association was dissolved may come without a family. */
static void show_empty_address(char *arguments[]) {
    (void)arguments;
    char text[ADDRESS_TEXT_SIZE];
    struct sockaddr_in nothing = {0};
    const char *returned = address_text(&nothing, text);
    printf("%s%s\n", text, returned == text ? "" : " but another pointer came back");
}

/** TEXT PORT: the address in numbers, of either family, as text again. */
static void show_endpoint(char *arguments[]) {
    struct addrinfo hints = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV, .ai_socktype = SOCK_DGRAM};
    struct addrinfo *found = NULL;
    char *text = malloc(ENDPOINT_TEXT_SIZE); /* on the heap, so that ASan sees one byte too many */
    if (text == NULL || getaddrinfo(arguments[0], arguments[1], &hints, &found) != 0)
        error(2, 0, "'%s' is no address", arguments[0]);
    printf("%s\n", endpoint_text(found->ai_addr, text));
    freeaddrinfo(found);
    free(text);
}

/** No arguments. */
static void show_endpoint_of_another_family(char *arguments[]) {
    (void)arguments;
    char text[ENDPOINT_TEXT_SIZE];
    struct sockaddr_storage path = {.ss_family = AF_UNIX};
    printf("%s\n", endpoint_text((struct sockaddr *)&path, text));
}

/** TEXT PORT TEXT PORT [family|padding]: with that field of the second address changed. */
static void compare_addresses(char *arguments[]) {
    struct sockaddr_in a = ipv4_address(arguments[0], (uint16_t)number(arguments[1]));
    struct sockaddr_in b = ipv4_address(arguments[2], (uint16_t)number(arguments[3]));
    const char *change = arguments[4] != NULL ? arguments[4] : "";
    if (strcmp(change, "family") == 0)
        b.sin_family = AF_UNSPEC;
    if (strcmp(change, "padding") == 0)
        memset(b.sin_zero, 0xff, sizeof b.sin_zero);
    printf("%s\n", same_address(&a, &b) ? "same" : "different");
}

/** SIZE: every line of standard input as "length: bytes", and what stands at the end of the input, twice. */
static void read_lines(char *arguments[]) {
    size_t size = (size_t)number(arguments[0]);
    char *line = malloc(size); /* on the heap, so that ASan sees one byte too many */
    if (line == NULL)
        error(1, errno, "malloc failed");

    ssize_t length;
    while ((length = read_line(stdin, line, size)) >= 0) {
        printf("%zd: ", length);
        for (ssize_t i = 0; i < length; i++)
            printf(isprint((unsigned char)line[i]) ? "%c" : "\\x%02x", (unsigned char)line[i]);
        printf("%s\n", line[length] == '\0' ? "" : " without a closing NUL");
    }
    for (int again = 0; again < 2; again++) {
        printf("%zd%s\n", length, line[0] == '\0' ? "" : " with a line that is not empty");
        length = read_line(stdin, line, size);
    }
    free(line);
}

static int pipe_ends[2];

/** Lets the reader of the pipe wait on for two signals, and ends its waiting at the third. */
static void count_to_three(int signal_number) {
    static int count = 0;
    (void)signal_number;
    if (++count == 3 && write(pipe_ends[1], "three\n", 6) != 6)
        _exit(3);
}

/** restart|stop: reads a line while signals come in, with a handler that restarts the read or stops it. */
static void read_among_signals(char *arguments[]) {
    struct sigaction action = {.sa_handler = count_to_three};
    action.sa_flags = strcmp(arguments[0], "restart") == 0 ? SA_RESTART : 0;
    struct itimerval every_5_ms = {{.tv_usec = 5000}, {.tv_usec = 5000}};
    if (pipe(pipe_ends) == -1 || sigaction(SIGALRM, &action, NULL) == -1 ||
        setitimer(ITIMER_REAL, &every_5_ms, NULL) == -1)
        error(1, errno, "setting up failed");

    FILE *in = fdopen(pipe_ends[0], "r");
    if (in == NULL)
        error(1, errno, "fdopen failed");
    char line[MAXLINE];
    ssize_t length = read_line(in, line, sizeof line);
    printf("%zd: %s\n", length, line);
    fclose(in);
    close(pipe_ends[1]);
}

/** No arguments: the deadline of a socket as the kernel has it, and what a receive with it comes to. */
static void set_deadline(char *arguments[]) {
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (fd == -1)
        error(1, errno, "socket failed");
    set_receive_deadline(fd);

    struct timeval deadline;
    socklen_t size = sizeof deadline;
    if (getsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &deadline, &size) == -1)
        error(1, errno, "getsockopt failed");
    printf("%ld ms\n", (long)deadline.tv_sec * 1000 + (long)deadline.tv_usec / 1000);
    if (arguments[0] != NULL && recv(fd, arguments[0], 1, 0) == -1)
        error(1, errno, "recv failed");
    close(fd);
}

/** FD: a deadline for something that is no socket. */
static void set_deadline_of(char *arguments[]) {
    set_receive_deadline(number(arguments[0]));
}

/** No arguments: how long a program waits. */
static void show_timeout(char *arguments[]) {
    (void)arguments;
    printf("%lld ms\n", (long long)timeout_ms());
}

/** No arguments: what the clock counts while the program waits for 30 ms. */
static void wait_by_the_clock(char *arguments[]) {
    (void)arguments;
    int64_t begun = monotonic_ms();
    struct timespec real;
    if (poll(NULL, 0, 30) != 0 || clock_gettime(CLOCK_REALTIME, &real) == -1)
        error(1, errno, "waiting failed");
    int64_t passed = monotonic_ms() - begun;
    bool time_of_day = begun / 1000 > real.tv_sec - 60 && begun / 1000 <= real.tv_sec;
    printf("%s %s\n", passed >= 30 ? "at least 30 ms passed," : "less than 30 ms passed,",
           passed < 60000 && !time_of_day ? "fewer than the 60000 that a test may take" : "or far too many");
}

/** No arguments: the number of the first descriptor that a program gets. */
static void show_first_socket(char *arguments[]) {
    (void)arguments;
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    fprintf(stderr, "socket %d\n", fd); /* standard output may be closed */
    printf("socket %d\n", fd);
    close(fd);
}

/** TEXT... : prints each as a line, and waits for a line of standard input after each. */
static void print_and_wait(char *arguments[]) {
    char line[MAXLINE];
    for (; *arguments != NULL; arguments++) {
        printf("%s\n", *arguments);
        if (read_line(stdin, line, sizeof line) == -1)
            error(1, 0, "nobody answered");
    }
}

/** TEXT: prints it without a newline. */
static void print_part(char *arguments[]) {
    printf("%s", arguments[0]);
}

static void say_good_bye(void) {
    printf("good bye\n");
}

/** No arguments: a program whose only output comes from a handler of its own, and late. */
static void print_at_exit(char *arguments[]) {
    (void)arguments;
    if (atexit(say_good_bye) != 0)
        error(1, 0, "atexit failed");
}

/** FILE: leaves text waiting in another stream, and loses some of standard output. */
static void print_to_file_too(char *arguments[]) {
    FILE *file = fopen(arguments[0], "w");
    if (file == NULL)
        error(1, errno, "fopen failed");
    fprintf(file, "kept\n");
    printf("lost\n");
}

/** No arguments: closes standard output itself, with nothing waiting. */
static void close_output(char *arguments[]) {
    (void)arguments;
    printf("all said\n");
    fclose(stdout);
}

static const struct {
    const char *name;
    int least_arguments;
    void (*call)(char *arguments[]);
} commands[] = {
    {"error", 3, call_error},
    {"error-m", 0, call_error_with_m},
    {"todo", 1, reach_gap},
    {"address", 2, convert_address},
    {"empty-address", 0, show_empty_address},
    {"endpoint", 2, show_endpoint},
    {"endpoint-of-another-family", 0, show_endpoint_of_another_family},
    {"same", 4, compare_addresses},
    {"lines", 1, read_lines},
    {"signals", 1, read_among_signals},
    {"deadline", 0, set_deadline},
    {"deadline-of", 1, set_deadline_of},
    {"timeout", 0, show_timeout},
    {"clock", 0, wait_by_the_clock},
    {"socket", 0, show_first_socket},
    {"print-and-wait", 1, print_and_wait},
    {"print-part", 1, print_part},
    {"print-at-exit", 0, print_at_exit},
    {"print-to-file-too", 1, print_to_file_too},
    {"close-output", 0, close_output},
};

int main(int argc, char *argv[]) {
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
        if (argc > 1 && strcmp(argv[1], commands[i].name) == 0 && argc - 2 >= commands[i].least_arguments) {
            commands[i].call(argv + 2);
            return 0;
        }
    error(64, 0, "driver: no such command, or too few arguments");
}
