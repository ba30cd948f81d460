/* 6.21 IP_TRANSPARENT wants a privilege
 * verdict  False
 * text     with CAP_NET_ADMIN over the network: ok
 *          without: EPERM
 * needs    network
 */
#include "fact.h"

int main(void) {
    int fd = udp();
    printf("with CAP_NET_ADMIN over the network: %s\n", outcome(set(fd, IPPROTO_IP, IP_TRANSPARENT, 1)));
    /* In a user namespace of our own we have every capability there, and none over this network any more. */
    must("unshare", unshare(CLONE_NEWUSER));
    fd = udp();
    printf("without: %s\n", outcome(set(fd, IPPROTO_IP, IP_TRANSPARENT, 1)));
}
