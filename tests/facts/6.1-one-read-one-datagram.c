/* 6.1 One read, one datagram
 * verdict  True
 * text     sent 3, 1 and 2 bytes; received: abc, d, ef
 *          four threads, 5000 datagrams each, on one descriptor; mixed: 0
 * needs    loopback
 */
#include "fact.h"

static int client, server;

/* A datagram of one letter, 64 times: were two mixed, the letters would differ. */
static void *writer(void *letter) {
    char text[64];
    memset(text, *(char *)letter, sizeof text);
    for (int i = 0; i < 5000; i++)
        send(client, text, sizeof text, 0);
    return NULL;
}

static void *reader(void *mixed) {
    char text[100];
    ssize_t n;
    while ((n = recv(server, text, sizeof text, 0)) > 0)
        for (ssize_t i = 1; i < n; i++)
            if (n != 64 || text[i] != text[0]) {
                ++*(int *)mixed;
                break;
            }
    return NULL;
}

int main(void) {
    server = udp_at(LO, 7001);
    client = udp_to(LO, 7001);
    send(client, "abc", 3, 0);
    send(client, "d", 1, 0);
    send(client, "ef", 2, 0);
    const char *first = hear(server), *second = hear(server);
    printf("sent 3, 1 and 2 bytes; received: %s, %s, %s\n", first, second, hear(server));

    pthread_t threads[4], receiver;
    char letters[] = "abcd";
    int mixed = 0;
    pthread_create(&receiver, NULL, reader, &mixed);
    for (int i = 0; i < 4; i++)
        pthread_create(&threads[i], NULL, writer, &letters[i]);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    shutdown(server, SHUT_RDWR); /* wakes the reader */
    pthread_join(receiver, NULL);
    printf("four threads, 5000 datagrams each, on one descriptor; mixed: %d\n", mixed);
}
