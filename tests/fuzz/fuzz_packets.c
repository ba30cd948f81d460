/**
 * @file
 * Fuzz target: any bytes as a capture file, beside the calls of a program whose packets they might be.
 */
#include <stdlib.h>

#include "tools/sockscope/commands/commands.h"
#include "tools/sockscope/read/calls.h"
#include "tools/sockscope/read/load.h"
#include "tools/sockscope/read/packets.h"

/**
 * A client with a port and a peer, so that packets find an owner, a child that shares its socket, two on one port, and
 * a raw socket.
 */
static const char calls[] =
    "7 1795231848.100000000 socket(AF_INET, SOCK_DGRAM, IPPROTO_IP) = 3<UDP:[1]> <0.000019039>\n"
    "7 1795231848.100100000 connect(3<UDP:[1]>, {sa_family=AF_INET, sin_port=htons(43211), "
    "sin_addr=inet_addr(\"127.0.0.1\")}, 16) = 0 <0.000033009>\n"
    "7 1795231848.100200000 sendto(3<UDP:[127.0.0.1:44728->127.0.0.1:43211]>, \"g1\", 2, 0, NULL, 0) = 2 "
    "<0.0001>\n"
    "7 1795231848.100400000 recvfrom(3<UDP:[127.0.0.1:44728->127.0.0.1:43211]>, 0x7ffc, 100, 0, NULL, NULL) "
    "= -1 "
    "ECONNREFUSED (Connection refused) <0.000008673>\n"
    "7 1795231848.100500000 recvfrom(3<UDP:[127.0.0.1:44728->127.0.0.1:43211]>, \"H\", 1, 0, NULL, NULL) = 1 "
    "<0.000008673>\n"
    "7 1795231848.100600000 recvmsg(3<UDP:[127.0.0.1:44728->127.0.0.1:43211]>, {msg_name=NULL, "
    "msg_namelen=0, "
    "msg_iov=[{iov_base=\"\", iov_len=0}], msg_iovlen=1, msg_controllen=0, msg_flags=MSG_TRUNC}, 0) = 0 "
    "<0.000008673>\n"
    "7 1795231848.100700000 socket(AF_INET, SOCK_RAW, IPPROTO_ICMP) = 4<RAW:[2]> <0.0001>\n"
    "7 1795231848.100800000 sendto(4<RAW:[2]>, \"\\10\\0\\0\\0\\0\\1\\0\\1\", 8, 0, {sa_family=AF_INET, "
    "sin_port=htons(0), sin_addr=inet_addr(\"127.0.0.1\")}, 16) = 8 <0.1>\n"
    "7 1795231848.200000000 clone(child_stack=NULL, flags=SIGCHLD) = 8 <0.0001>\n"
    "8 1795231848.200100000 recvfrom(3<UDP:[127.0.0.1:44728->127.0.0.1:43211]>, \"H\", 9, 0, NULL, NULL) = 1 <0.1>\n"
    "8 1795231848.400000000 socket(AF_INET, SOCK_DGRAM, IPPROTO_IP) = 5<UDP:[3]> <0.0001>\n"
    "8 1795231848.400100000 bind(5<UDP:[3]>, {sa_family=AF_INET, sin_port=htons(43211), "
    "sin_addr=inet_addr(\"127.0.0.1\")}, 16) = 0 <0.0001>\n"
    "7 1795231848.400200000 socket(AF_INET, SOCK_DGRAM, IPPROTO_IP) = 6<UDP:[4]> <0.0001>\n"
    "7 1795231848.400300000 bind(6<UDP:[4]>, {sa_family=AF_INET, sin_port=htons(43211), "
    "sin_addr=inet_addr(\"127.0.0.1\")}, 16) = 0 <0.0001>\n"
    "7 1795231848.400400000 recvfrom(6<UDP:[127.0.0.1:43211]>, \"g1\", 9, 0, NULL, NULL) = 2 <0.9>\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const struct ladder_options options = {.all = true, .on_unix = true};
    struct recording r = {0};
    struct sightings seen = {0};
    struct ladder l = {0};
    struct buffer out = {0};
    struct slice content = {(const char *)data, size};

    recording_lane(&r, slice_of("client"));
    calls_read(&r, 0, "calls", slice_of(calls));
    packets_read(&r, &seen, "here", slice_of("here"), content);
    packets_read(&r, &seen, "there", slice_of("there"), content);
    packets_merge(&r, &seen);
    recording_finish(&r);
    events_print(&r, &out, NULL);
    if (ladder_build(&r, &options, &l)) {
        ladder_print(&l, 100, false, &out, NULL);
        ladder_svg(&l, "packets", &out);
    }
    ladder_free(&l);
    recording_free(&r);
    buffer_free(&out);
    free(seen.list);
    return 0;
}
