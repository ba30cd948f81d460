/* 3.15 listen and accept
 * verdict  Worth knowing
 * text     listen: EOPNOTSUPP
 *          accept: EOPNOTSUPP
 * needs    loopback
 */
#include "fact.h"

int main(void) {
    int server = udp_at(LO, 7001);
    printf("listen: %s\n", outcome(listen(server, 5)));
    printf("accept: %s\n", outcome(accept(server, NULL, NULL)));
}
