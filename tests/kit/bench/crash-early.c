/* An answer that crashes before it connects. */
#include "lib/common.h"

int main(int argc, char **argv) {
    struct sockaddr_in *server = argc > 9 ? (struct sockaddr_in *)argv : NULL;
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    server->sin_port = htons(SERV_PORT);
    return fd;
}
