/* 3.9 Dissolving clears SO_BINDTODEVICE
 * verdict  False
 * text     set: lo
 *          connected: lo
 *          dissolved: (none)
 * needs    network
 */
#include "fact.h"

static const char *device(int fd) {
    static char name[IF_NAMESIZE];
    socklen_t length = sizeof name;
    must("getsockopt", getsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, name, &length));
    return length > 0 ? name : "(none)";
}

int main(void) {
    int client = udp();
    must("SO_BINDTODEVICE", setsockopt(client, SOL_SOCKET, SO_BINDTODEVICE, "lo", sizeof "lo"));
    printf("set: %s\n", device(client));
    connect_to(client, LO, 7001);
    printf("connected: %s\n", device(client));
    dissolve(client);
    printf("dissolved: %s\n", device(client));
}
