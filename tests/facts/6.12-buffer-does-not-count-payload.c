/* 6.12 The buffer does not count payload
 * verdict  False
 * text     SO_RCVBUF: 212992
 *          datagrams of 1 byte: 256
 *          datagrams of 100 bytes: 256
 *          datagrams of 512 bytes: 166
 *          datagrams of 8192 bytes: 12
 * needs    network
 */
#include "fact.h"

int main(void) {
    static const size_t sizes[] = {1, 100, 512, 8192};
    static char buffer[8192];
    int server = udp_at(LO, 7001), client = udp_to(LO, 7001);
    set(server, SOL_SOCKET, SO_RCVBUF, 212992 / 2); /* the kernel doubles it, to what is the usual default */
    printf("SO_RCVBUF: %d\n", get(server, SOL_SOCKET, SO_RCVBUF));
    for (size_t i = 0; i < 4; i++) {
        for (int n = 0; n < 400; n++)
            send(client, buffer, sizes[i], 0);
        printf("datagrams of %zu byte%s: %d\n", sizes[i], sizes[i] > 1 ? "s" : "", drain(server));
    }
}
