/* 4.2 The same in the server: a circle at full speed
 * verdict  Mistake
 * text     1000 rounds to a client that has left
 *          recv was refused: 1000
 *          send succeeded: 1000
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    char message[100];
    int server = udp_to(LO, NOBODY), refused = 0, sent = 0;
    send(server, "reply", 5, 0); /* the client has left before its reply */

    printf("1000 rounds to a client that has left\n");
    for (int i = 0; i < 1000; i++) {
        await(server, PATIENCE);
        ssize_t n = recv(server, message, sizeof message, MSG_DONTWAIT);
        refused += n < 0 && errno == ECONNREFUSED;
        /* With n in a size_t, nothing stops this program from answering. */
        sent += send(server, "Hi, ", 4, 0) == 4;
    }
    printf("recv was refused: %d\n", refused);
    printf("send succeeded: %d\n", sent);
}
