/**
 * @file
 * @brief What every program of the kit is built against: the system headers of a UDP program, three sizes,
 * and a few helpers.
 *
 * Compile with `-I.` from the top of the kit, include `"lib/common.h"`, and link `build/libudplab.a` as a
 * whole archive. A source written for the lecture's header of the same name compiles unchanged.
 *
 * The library never sends, receives or connects: those calls are the subject of the labs, so they stand in
 * your source, where you can read them. It also does three things before `main` and after it; see @ref
 * streams.
 *
 * Exit statuses of all programs: 0 done, 1 the network (or an input or output) failed, 2 wrong usage.
 */
#ifndef UDPLAB_COMMON_H
#define UDPLAB_COMMON_H

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/** The UDP port of every server in the labs, in host byte order: `htons(SERV_PORT)` goes into an address. */
#define SERV_PORT 43211

/** The size in bytes of a message buffer. With its closing NUL, such a buffer holds a text of 4095 bytes. */
#define MAXLINE 4096

/** The size in bytes of an I/O buffer, for the lecture's stream (TCP) programs. */
#define BUFFER_SIZE 4096

/** The length of the queue given to listen(2), for the lecture's stream (TCP) programs. */
#define LISTENQ 1024

/** The path of the socket, for the lecture's Unix domain programs. */
#define UNIXSTR_PATH "/var/lib/unixstream.sock"

/** The size in bytes of a text for address_text(), which is `255.255.255.255:65535` and its closing NUL. */
#define ADDRESS_TEXT_SIZE 22

/**
 * The size in bytes of a text for endpoint_text(): an IPv6 address with an interface in brackets, a port, and the
 * closing NUL.
 */
#define ENDPOINT_TEXT_SIZE (INET6_ADDRSTRLEN + IF_NAMESIZE + 8)

/**
 * @brief Prints what failed and, unless told not to, ends the program.
 *
 * First writes out the buffered standard output, so that the message comes after the output that led to it.
 * Then one line goes to standard error, in one write:
 *
 * @code
 * error(1, errno, "recv failed");            // recv failed: Connection refused (111)
 * error(2, 0, "usage: %s ADDRESS", argv[0]); // usage: ./program ADDRESS
 * @endcode
 *
 * @note This is the lecture's function, not glibc's error(3). It takes the same arguments, but glibc's
 * version begins with the program's name and leaves out the error number. In a program linked with this
 * library this one is called, also where `<error.h>` is included.
 *
 * @param status the exit status, or 0 to return to the caller
 * @param errnum the error number to explain, normally `errno`; 0 when there is none to explain
 * @param format the message, with the conversions of printf(3); no newline at the end. `%m` explains the
 * `errno` at the time of the call
 *
 * Returns only when @p status is 0; `errno` is then as it was before.
 *
 * @par Errors
 * None. A message that cannot be written (standard error is closed or full) is lost; the exit status is not.
 * Not for signal handlers: it uses stdio, see signal-safety(7).
 *
 * @see error(3), strerror(3), errno(3)
 */
void error(int status, int errnum, const char *format, ...) __attribute__((format(printf, 3, 4)));

/**
 * @brief Marks a gap that a student fills: says which task is missing, and ends the program with status 1.
 *
 * @code
 * ssize_t sent = todo("2: send the line", fd, line, length); // TODO 2: send the line
 * @endcode
 *
 * @param task the task's number in the handout and what is to be done
 * @param ...  the variables that the task needs; they are ignored
 *
 * @return never; the type lets the call stand where a received or sent length will stand.
 *
 * @par Errors
 * None.
 */
ssize_t todo(const char *task, ...);

/**
 * @brief Makes a socket address from an IPv4 address in numbers and a port.
 *
 * Takes four decimal numbers from 0 to 255 with dots between them and nothing else: no host name, no spaces,
 * no short (`1.2.3`), hexadecimal or octal forms, as inet_pton(3) defines it.
 *
 * @param text the address, for example `"127.0.0.1"`; not NULL
 * @param port the port in host byte order, for example @ref SERV_PORT
 *
 * @return the address: family AF_INET, address and port in network byte order, the rest zero.
 *
 * @par Errors
 * Any other text ends the program with status 2 and the message `'999.1.1.1' is not an IPv4 address (four
 * numbers from 0 to 255, such as 127.0.0.1)`.
 *
 * @see inet_pton(3), ip(7), RFC 6943 section 3.1.1 (why the looser forms are trouble)
 */
struct sockaddr_in ipv4_address(const char *text, uint16_t port);

/**
 * @brief Writes a socket address as text, such as `127.0.0.1:43211`.
 *
 * @param address an address of family AF_INET; the family is ignored, so the address of a dissolved
 * socket reads `0.0.0.0:0`
 * @param text    where to write: @ref ADDRESS_TEXT_SIZE bytes, the closing NUL included
 *
 * @return @p text, so that the call can stand inside printf.
 *
 * @code
 * char text[ADDRESS_TEXT_SIZE];
 * printf("reply from %s\n", address_text(&sender, text));
 * @endcode
 *
 * @par Errors
 * None: the longest address fits.
 *
 * @see ip(7)
 */
const char *address_text(const struct sockaddr_in *address, char text[static ADDRESS_TEXT_SIZE]);

/**
 * @brief Writes a socket address of any family as text: `127.0.0.1:43211`, `[::1]:43211`, `[fe80::2%eth0]:43211`.
 *
 * Asks no name service. The interface of a link-local address stands behind `%`. An address is written as it is:
 * one that stands for an IPv4 address is an IPv6 address, too, and has two colons and `ffff` before it.
 *
 * @param address an address of family AF_INET or AF_INET6, in as much memory as its family needs
 * @param text    where to write: @ref ENDPOINT_TEXT_SIZE bytes, the closing NUL included
 *
 * @return @p text, so that the call can stand inside printf.
 *
 * @code
 * char text[ENDPOINT_TEXT_SIZE];
 * printf("asking %s\n", endpoint_text(one->ai_addr, text));
 * @endcode
 *
 * @par Errors
 * None: the longest address fits, and another family reads `an address of family 1`.
 *
 * @see getnameinfo(3), ipv6(7), RFC 4007 section 11 (the interface behind `%`)
 */
const char *endpoint_text(const struct sockaddr *address, char text[static ENDPOINT_TEXT_SIZE]);

/**
 * @brief Tells whether two socket addresses mean the same address and port.
 *
 * Compares family, address and port, and not the padding `sin_zero`, which memcmp(3) would also see.
 *
 * @param a one address
 * @param b the other
 *
 * @return true when they are the same.
 *
 * @par Errors
 * None.
 *
 * @see ip(7)
 */
bool same_address(const struct sockaddr_in *a, const struct sockaddr_in *b);

/**
 * @brief Reads one line, or the next piece of a long one, and loses nothing.
 *
 * The newline is taken from the input and not stored. A line of up to @p size - 1 bytes comes whole; a longer
 * one comes in pieces of @p size - 1 bytes, one a call, and the rest last. Bytes are taken as they are: a NUL
 * byte inside the line is kept, so use the returned length, not strlen(3). Text after the last newline is a
 * line, too.
 *
 * @param in   where to read, normally `stdin`
 * @param line where to store the bytes; a NUL is always put after them
 * @param size the size of @p line in bytes, at least 2
 *
 * @return the number of bytes stored, without newline and closing NUL; 0 for an empty line; -1 at the end of
 * the input, and @p line is then the empty text.
 *
 * @par Errors
 * A failed read ends the program with status 1 and a message such as `standard input failed: Is a directory
 * (21)`
 * (`input failed` for another stream). A read that a signal handler interrupts counts as failed, but handlers
 * set with signal(2) in glibc, or with SA_RESTART, do not interrupt it. A @p size below 2 ends it with
 * status 2.
 *
 * @see getc(3), signal(7)
 */
ssize_t read_line(FILE *in, char line[], size_t size);

/**
 * @brief Bounds how long a receiving call may wait on this socket.
 *
 * Sets SO_RCVTIMEO to 2 seconds, or to the number of milliseconds in the environment variable
 * `UDPLAB_TIMEOUT_MS` (1 to 3600000, decimal digits only). A datagram can be lost, so a program that waits
 * without a bound can wait for ever. When the time is over, recv, recvfrom and recvmsg return -1 with EAGAIN
 * (`Resource temporarily unavailable`). The kernel rounds up to its clock tick, often 4 milliseconds.
 *
 * @param fd the socket
 *
 * @par Errors
 * Another value of `UDPLAB_TIMEOUT_MS` ends the program with status 2 and says what is allowed. When the
 * deadline cannot be set (@p fd is not a socket), it ends with status 1 and `setsockopt SO_RCVTIMEO failed:
 * ...`.
 *
 * @see socket(7), recv(2)
 */
void set_receive_deadline(int fd);

/**
 * @brief Says how long a program waits for an answer: the limit of set_receive_deadline(), for programs that
 * wait in another way.
 *
 * @return 2000 milliseconds, or the number in the environment variable `UDPLAB_TIMEOUT_MS` (1 to 3600000).
 *
 * @par Errors
 * Another value of `UDPLAB_TIMEOUT_MS` ends the program with status 2 and says what is allowed.
 *
 * @see set_receive_deadline(), poll(2)
 */
int64_t timeout_ms(void);

/**
 * @brief Reads a clock that nobody can set: it never goes back, and it counts every second once.
 *
 * Only the difference of two readings means something. The time of day is no clock for a deadline: it jumps when
 * somebody sets it.
 *
 * @code
 * int64_t over = monotonic_ms() + timeout_ms(); // the moment when waiting ends
 * int64_t left = over - monotonic_ms();         // how long that is from now, for poll(2)
 * @endcode
 *
 * @return milliseconds since some moment in the past.
 *
 * @par Errors
 * A clock that cannot be read ends the program with status 1 and `clock_gettime failed: ...`; on Linux this does
 * not happen.
 *
 * @see clock_gettime(2)
 */
int64_t monotonic_ms(void);

/**
 * @page streams What the library does with the standard streams
 *
 * Linking the library is enough for the following.
 *
 * - **Standard output is line-buffered**, also into a pipe or a file, where stdio would otherwise hold the
 * lines back until 4096 bytes have come together. A reader of the pipe sees each line at once. See
 * setvbuf(3).
 * - **A socket never becomes descriptor 0, 1 or 2.** A program started with one of them closed (`<&-` in a
 * shell) would get that number for its first socket, and printf would send datagrams. The gaps are filled
 * with
 *   `/dev/null` opened in the opposite direction, so that using them still fails as with a closed one. See open(2).
 * - **Lost output is a failure.** When output could not be written (a full disk, `/dev/full`, a closed
 * descriptor), the program ends with `standard output failed: No space left on device (28)`, and with status
 * 1 where it would have been 0. Where the reason is no longer known, the message says `some of it was not
 * written`. This is checked when `main` returns or exit(3) is called; _exit(2) skips it, and so does a signal
 * that kills.
 * - **A crash names its place.** On a segmentation fault and its like, `crashed in:` and the places in the program that
 * led there go to standard error (addr2line(1) turns them into lines), and the signal kills as always. A sanitizer's
 * own report goes first: where it has a handler, the library adds none. See sigaction(2), backtrace(3).
 */

#endif
