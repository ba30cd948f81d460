/* 3.18 From IPv4 to IPv6 on one socket
 * verdict  Worth knowing
 * text     to ::ffff:127.0.0.1: ok, then to ::1: EAFNOSUPPORT
 *          dissolved, to ::1: ok
 *          then to ::ffff:127.0.0.1: ok
 * needs    loopback, IPv6
 */
#include "fact.h"

static const char *connect_six(int fd, const char *address) {
    struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_port = htons(7001)};
    inet_pton(AF_INET6, address, &six.sin6_addr);
    return outcome(connect(fd, (struct sockaddr *)&six, sizeof six));
}

int main(void) {
    int client = (int)must("socket", socket(AF_INET6, SOCK_DGRAM, 0));
    const char *said = connect_six(client, "::ffff:127.0.0.1");
    printf("to ::ffff:127.0.0.1: %s, then to ::1: %s\n", said, connect_six(client, "::1"));
    dissolve(client);
    printf("dissolved, to ::1: %s\n", connect_six(client, "::1"));
    printf("then to ::ffff:127.0.0.1: %s\n", connect_six(client, "::ffff:127.0.0.1"));
}
