/* 1.13 sendmmsg swallows the error
 * verdict  False
 * text     sendmmsg of 3 messages to a dead port: 1
 *          pending error: 0
 *          the next send: ok
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    int client = udp_to(LO, NOBODY);
    struct iovec text = {"x", 1};
    struct mmsghdr messages[3] = {0};
    for (int i = 0; i < 3; i++)
        messages[i].msg_hdr = (struct msghdr){.msg_iov = &text, .msg_iovlen = 1};

    /* The first is sent and refused; the second takes the error and is not sent; 1 is what is returned. */
    printf("sendmmsg of 3 messages to a dead port: %d\n", sendmmsg(client, messages, 3, 0));
    printf("pending error: %d\n", get(client, SOL_SOCKET, SO_ERROR));
    printf("the next send: %s\n", outcome(send(client, "x", 1, 0)));
}
