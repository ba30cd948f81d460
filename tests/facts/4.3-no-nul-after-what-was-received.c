/* 4.3 No NUL after what was received
 * verdict  Mistake
 * text     hello world: Hi, hello world
 *          hi: Hi, hillo world
 *          x: Hi, xillo world
 *          (empty): Hi, xillo world
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    static const char *const lines[] = {"hello world", "hi", "x", ""};
    char message[100] = "";
    int server = udp_at(LO, 7001), client = udp();
    for (int i = 0; i < 4; i++) {
        send_to(client, lines[i], LO, 7001);
        await(server, PATIENCE);
        recv(server, message, sizeof message, MSG_DONTWAIT); /* stores bytes, and not a string */
        printf("%s: Hi, %s\n", *lines[i] ? lines[i] : "(empty)", message);
    }
}
