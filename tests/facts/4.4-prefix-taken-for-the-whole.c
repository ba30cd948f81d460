/* 4.4 A prefix taken for the whole
 * verdict  Mistake
 * text     goodbye: ends
 *          goodbye, friend: ends
 *          1234bye: goes on
 *          good: ends
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    static const char *const lines[] = {"goodbye", "goodbye, friend", "1234bye", "good"};
    int server = udp_at(LO, 7001), client = udp();
    char message[100] = "";
    for (int i = 0; i < 4; i++) {
        send_to(client, lines[i], LO, 7001);
        await(server, PATIENCE);
        recv(server, message, sizeof message, MSG_DONTWAIT);
        /* "good" meets what "1234bye" has left behind it: 4.3 */
        printf("%s: %s\n", lines[i], strncmp(message, "goodbye", 7) == 0 ? "ends" : "goes on");
    }
}
